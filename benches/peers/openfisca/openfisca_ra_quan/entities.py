"""People, and the households that join health insurance together."""

from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="Somebody", is_person=True)
Household = build_entity(
    key="household",
    plural="households",
    label="People who join health insurance together, in their order",
    roles=[{"key": "member", "plural": "members", "label": "A member"}],
)
ENTITIES = [Household, Person]
