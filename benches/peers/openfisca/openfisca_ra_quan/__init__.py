"""Three rules of Viet Nam's social and health insurance as an OpenFisca country package, a second opinion beside Ra Quân.

Written from the law and the collected parameters, not from the Rust code.
"""

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_ra_quan.entities import ENTITIES

HERE = Path(__file__).parent


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """The rules and their parameters."""

    def __init__(self):
        super().__init__(ENTITIES)
        self.add_variables_from_directory(str(HERE / "variables"))
        self.load_parameters(str(HERE / "parameters"))
