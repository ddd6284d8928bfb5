//! Templates for pages: those that people made, and those that come with blueprints.

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::{administrator, visible_space, writer};
use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::input::{at, body_of, object};
use crate::sandbox::confluence::labels;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::{Label, State};
use crate::sandbox::exchange::{Call, Reply};

/// A template that somebody made.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) labels: Vec<Label>,
    /// The key of the space; a template without one is for the whole site.
    pub(super) space: Option<String>,
    pub(super) body: String,
    /// The blueprint that the template belongs to.
    pub(super) blueprint: Option<&'static str>,
}

/// The templates that come with the server.
fn blueprints() -> Vec<Template> {
    let template = |id: &str, name: &str, blueprint: &'static str, body: &str| Template {
        id: id.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        labels: Vec::new(),
        space: None,
        body: body.to_owned(),
        blueprint: Some(blueprint),
    };
    vec![
        template(
            "1f0c7a8e-3b52-4a0d-8c5e-0000000000d1",
            "Decision",
            "com.example.blueprints:decisions",
            "<h2>Question</h2><p></p><h2>Decision</h2><p></p>",
        ),
        template(
            "1f0c7a8e-3b52-4a0d-8c5e-0000000000d2",
            "Meeting notes",
            "com.example.blueprints:meeting-notes",
            "<h2>Present</h2><p></p><h2>Actions</h2><p></p>",
        ),
    ]
}

/// `GET template/page`
pub(super) fn pages(state: &State, call: &Call) -> Answer {
    let space = wanted_space(state, call)?;
    let found: Vec<&Template> = state
        .templates
        .iter()
        .filter(|template| template.space.as_deref() == space)
        .collect();
    Ok(page(state, call, &found))
}

/// `GET template/blueprint`
pub(super) fn from_blueprints(state: &State, call: &Call) -> Answer {
    wanted_space(state, call)?;
    let all = blueprints();
    let found: Vec<&Template> = all.iter().collect();
    Ok(page(state, call, &found))
}

/// `GET template/{id}`
pub(super) fn get(state: &State, call: &Call, id: &str) -> Answer {
    let found = state.templates.iter().find(|template| template.id == id);
    match found {
        Some(template) => {
            if let Some(key) = &template.space {
                visible_space(state, call, key).map_err(|_| no_template(id))?;
            }
            whole(state, call, template)
        }
        None => {
            let all = blueprints();
            let found = all.iter().find(|template| template.id == id);
            whole(state, call, found.ok_or_else(|| no_template(id))?)
        }
    }
}

/// `POST template`
pub(super) fn create(state: &mut State, call: &Call) -> Answer {
    writer(call)?;
    let body = object(call)?;
    let space = at(&body, "space", "key").and_then(Value::as_str);
    let space = match space {
        Some(key) => Some(visible_space(state, call, key)?.key.clone()),
        None => {
            administrator(call)?;
            None
        }
    };
    let mut template = Template {
        id: String::new(),
        name: String::new(),
        description: String::new(),
        labels: Vec::new(),
        space,
        body: String::new(),
        blueprint: None,
    };
    fill(state, &mut template, &body)?;
    template.id = state.new_id().to_string();
    let id = template.id.clone();
    state.templates.push(template);
    get(state, call, &id)
}

/// `PUT template`; the body names the template
pub(super) fn update(state: &mut State, call: &Call) -> Answer {
    writer(call)?;
    let body = object(call)?;
    let id = body.get("templateId").and_then(Value::as_str);
    let id = id.ok_or_else(|| refuse(400, "A templateId is required"))?;
    let mut changed = changeable(state, call, id)?.clone();
    fill(state, &mut changed, &body)?;
    state.templates.retain(|template| template.id != id);
    state.templates.push(changed);
    get(state, call, id)
}

/// `DELETE template/{id}`
pub(super) fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    changeable(state, call, id)?;
    state.templates.retain(|template| template.id != id);
    Ok(Reply::empty(204))
}

/// The template with an id, if the caller may change it; those of blueprints stay as they are.
fn changeable<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Template, Reply> {
    writer(call)?;
    let template = state
        .templates
        .iter()
        .find(|template| template.id == id)
        .ok_or_else(|| no_template(id))?;
    match &template.space {
        Some(key) => {
            visible_space(state, call, key).map_err(|_| no_template(id))?;
        }
        None => {
            administrator(call)?;
        }
    }
    Ok(template)
}

fn fill(
    state: &mut State,
    template: &mut Template,
    body: &Map<String, Value>,
) -> Result<(), Reply> {
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
    if name.trim().is_empty() {
        return Err(refuse(400, "A template needs a name"));
    }
    name.clone_into(&mut template.name);
    if let Some(description) = body.get("description").and_then(Value::as_str) {
        description.clone_into(&mut template.description);
    }
    if let Some(labels) = body.get("labels").and_then(Value::as_array) {
        let labels = labels.iter().map(|label| labels::make(state, label));
        template.labels = labels.collect::<Result<_, _>>()?;
    }
    if let Some(storage) = body_of(body)? {
        template.body = storage;
    }
    Ok(())
}

fn wanted_space<'a>(state: &'a State, call: &Call) -> Result<Option<&'a str>, Reply> {
    match call.parameter("spaceKey") {
        Some(key) => Ok(Some(visible_space(state, call, key)?.key.as_str())),
        None => {
            writer(call)?;
            Ok(None)
        }
    }
}

fn no_template(id: &str) -> Reply {
    refuse(404, &format!("No template with id : {id}"))
}

fn page(state: &State, call: &Call, found: &[&Template]) -> Reply {
    let expand = expand(call, &[]);
    let page = Window::new(call).page(call, found, |template| {
        render(state, call, template, &expand)
    });
    Reply::json(200, &page)
}

fn whole(state: &State, call: &Call, template: &Template) -> Answer {
    writer(call)?;
    let mut whole = render(state, call, template, &expand(call, &[]));
    if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &whole))
}

fn render(state: &State, call: &Call, template: &Template, expand: &Expand) -> Value {
    let renderer = renderer(state, call);
    let labels = template.labels.iter().map(|label| renderer.label(label));
    let labels: Vec<Value> = labels.collect();
    let link = format!("{}/rest/experimental/template/{}", call.base, template.id);
    let mut parts = Parts::new(
        expand,
        json!({
            "templateId": template.id,
            "name": template.name,
            "description": template.description,
            "labels": labels,
            "templateType": "page",
            "_links": {"self": link},
        }),
    );
    if let Some(blueprint) = template.blueprint {
        parts.always("referencingBlueprint", json!(blueprint));
    }
    if let Some(space) = template.space.as_deref().and_then(|key| state.space(key)) {
        parts.always("space", renderer.space(space, &Expand::default()));
    }
    parts.part("body", String::new(), |_| {
        json!({
            "storage": {
                "value": template.body,
                "representation": "storage",
                "_expandable": {"content": ""},
            },
            "_expandable": {"view": "", "export_view": "", "editor": ""},
        })
    });
    parts.finish()
}
