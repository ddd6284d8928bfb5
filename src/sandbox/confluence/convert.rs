//! Conversion of a body from one representation to another.

use serde_json::{Value, json};

use crate::sandbox::confluence::access::writer;
use crate::sandbox::confluence::input::object;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::view::Place;
use crate::sandbox::confluence::{storage, view, wiki};
use crate::sandbox::exchange::{Call, Reply};

/// `POST contentbody/convert/{to}`
pub(super) fn convert(call: &Call, to: &str) -> Answer {
    writer(call)?;
    let body = object(call)?;
    let part = |name: &str| body.get(name).and_then(Value::as_str);
    let from = part("representation").unwrap_or_default();
    let text = part("value").ok_or_else(|| refuse(400, "A value is required"))?;
    let storage = match from {
        "wiki" => wiki::to_storage(text),
        // The editor's HTML is taken as storage format, which simple pages share with it.
        "storage" | "editor" => text.to_owned(),
        _ => return Err(cannot(from, to)),
    };
    storage::read(&storage).map_err(|problem| refuse(400, &problem))?;
    let place = Place {
        base: &call.base,
        content: None,
    };
    let value = match (from, to) {
        ("wiki" | "editor", "storage") | ("storage" | "wiki", "editor") => storage,
        ("storage" | "wiki", "view" | "export_view") => view::html(&storage, place),
        ("storage" | "wiki", "styled_view") => format!(
            "<html><head><title></title><style>body {{ font-family: Arial, sans-serif; }}</style>\
             </head><body>{}</body></html>",
            view::html(&storage, place)
        ),
        _ => return Err(cannot(from, to)),
    };
    Ok(Reply::json(
        200,
        &json!({
            "value": value,
            "representation": to,
            "embeddedContent": [],
            "_expandable": {"webresource": "", "content": ""},
            "_links": {"base": call.base, "context": "/confluence"},
        }),
    ))
}

fn cannot(from: &str, to: &str) -> Reply {
    refuse(400, &format!("Cannot convert from {from} to {to}"))
}
