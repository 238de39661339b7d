//! What the shapes of field records share.

use crate::app::App;

/// The full name of a unit as it is called today or was called last; the id when it is unknown.
pub(super) fn unit_name(app: &App, id: &str) -> String {
    app.units.get(id).map_or_else(
        || id.to_owned(),
        |unit| {
            app.units
                .nearest(unit, app.clock.today())
                .full_name
                .to_string()
        },
    )
}

/// A list of texts as kept in a column.
pub(super) fn text_list(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}
