//! The custom fields: a table of about a hundred, as big installations have them.

use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{Project, same};
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::people;

/// The number of the field that holds an issue's epic.
pub(super) const EPIC_LINK: u32 = 10008;
/// The number of the field that holds an epic's short name.
pub(super) const EPIC_NAME: u32 = 10009;
/// The number of the field that holds the sprints.
pub(super) const SPRINT: u32 = 10004;
/// The number of the field that holds the story points.
pub(super) const STORY_POINTS: u32 = 10006;
/// The number of the field that holds the order on a board.
pub(super) const RANK: u32 = 10011;

/// A custom field.
pub(super) struct CustomField {
    /// The number in `customfield_10000`.
    pub(super) number: u32,
    /// The name that people see.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Kind,
}

/// What a custom field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// One of some options.
    Select(&'static [&'static str]),
    /// One of some options, shown as buttons.
    Radio(&'static [&'static str]),
    /// Several of some options.
    MultiSelect(&'static [&'static str]),
    /// Several of some options, shown as boxes.
    Checkboxes(&'static [&'static str]),
    /// An option and one below it.
    Cascade(&'static [(&'static str, &'static [&'static str])]),
    /// A user.
    User,
    /// Several users.
    MultiUser,
    /// A moment.
    DateTime,
    /// A day.
    Date,
    /// A line of text.
    Text,
    /// Text with markup.
    TextArea,
    /// A number.
    Number,
    /// A web address.
    Url,
    /// Labels.
    Labels,
    /// Versions of the project.
    Versions,
    /// Sprints.
    Sprint,
    /// The key of an epic.
    EpicLink,
    /// The short name of an epic.
    EpicName,
    /// The order on a board.
    Rank,
}

const JIRA: &str = "com.atlassian.jira.plugin.system.customfieldtypes";
const AGILE: &str = "com.pyxis.greenhopper.jira";

impl Kind {
    /// The add-on's key, the type of a value, and the type of a member where the value is a list.
    fn schema(
        self,
    ) -> (
        &'static str,
        &'static str,
        &'static str,
        Option<&'static str>,
    ) {
        match self {
            Kind::Select(_) => (JIRA, "select", "option", None),
            Kind::Radio(_) => (JIRA, "radiobuttons", "option", None),
            Kind::MultiSelect(_) => (JIRA, "multiselect", "array", Some("option")),
            Kind::Checkboxes(_) => (JIRA, "multicheckboxes", "array", Some("option")),
            Kind::Cascade(_) => (JIRA, "cascadingselect", "option-with-child", None),
            Kind::User => (JIRA, "userpicker", "user", None),
            Kind::MultiUser => (JIRA, "multiuserpicker", "array", Some("user")),
            Kind::DateTime => (JIRA, "datetime", "datetime", None),
            Kind::Date => (JIRA, "datepicker", "date", None),
            Kind::Text => (JIRA, "textfield", "string", None),
            Kind::TextArea => (JIRA, "textarea", "string", None),
            Kind::Number => (JIRA, "float", "number", None),
            Kind::Url => (JIRA, "url", "string", None),
            Kind::Labels => (JIRA, "labels", "array", Some("string")),
            Kind::Versions => (JIRA, "multiversion", "array", Some("version")),
            Kind::Sprint => (AGILE, "gh-sprint", "array", Some("string")),
            Kind::EpicLink => (AGILE, "gh-epic-link", "any", None),
            Kind::EpicName => (AGILE, "gh-epic-label", "string", None),
            Kind::Rank => (AGILE, "gh-lexo-rank", "any", None),
        }
    }
}

impl CustomField {
    /// The id, such as `customfield_10000`.
    pub(super) fn id(&self) -> String {
        format!("customfield_{}", self.number)
    }

    /// The schema as the field list shows it.
    pub(super) fn schema(&self) -> Value {
        let (add_on, kind, value_type, items) = self.kind.schema();
        let mut schema = json!({
            "type": value_type,
            "custom": format!("{add_on}:{kind}"),
            "customId": self.number,
        });
        if let (Some(items), Some(map)) = (items, schema.as_object_mut()) {
            map.insert("items".to_owned(), json!(items));
        }
        schema
    }

    /// Turns the short form of a value into what Jira sends.
    pub(super) fn render(
        &self,
        value: &Value,
        project: &Project,
        planning: &Planning,
        base: &str,
    ) -> Value {
        match self.kind {
            Kind::Select(options) | Kind::Radio(options) => self.option(value, options, base),
            Kind::MultiSelect(options) | Kind::Checkboxes(options) => {
                each(value, |member| self.option(member, options, base))
            }
            Kind::Cascade(options) => self.cascade(value, options, base),
            Kind::User => user(value, base),
            Kind::MultiUser => each(value, |member| user(member, base)),
            Kind::Versions => each(value, |member| {
                let version = member
                    .as_str()
                    .and_then(|name| planning.version_named(project, name));
                version.map_or(Value::Null, |version| version.render(base))
            }),
            Kind::Sprint => each(value, |member| {
                let sprint = member.as_u64().and_then(|id| planning.sprint(id));
                sprint.map_or(Value::Null, |sprint| json!(sprint.text()))
            }),
            _ => value.clone(),
        }
    }

    /// Turns what a client sends into the short form, or says what is wrong with it.
    pub(super) fn accept(
        &self,
        value: &Value,
        project: &Project,
        planning: &Planning,
    ) -> Result<Value, String> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        match self.kind {
            Kind::Select(options) | Kind::Radio(options) => self.chosen(value, options),
            Kind::MultiSelect(options) | Kind::Checkboxes(options) => {
                list_of(value, |member| self.chosen(member, options))
            }
            Kind::Cascade(options) => self.chosen_pair(value, options),
            Kind::User => chosen_user(value),
            Kind::MultiUser => list_of(value, chosen_user),
            Kind::Versions => list_of(value, |member| {
                let name = named(member, &["name", "id"]).unwrap_or_default();
                let version = planning.version_named(project, name);
                version
                    .map(|version| json!(version.id.to_string()))
                    .ok_or_else(|| format!("Version name '{name}' is not valid"))
            }),
            Kind::Labels => list_of(value, |member| match member.as_str() {
                Some(label) if label.contains(' ') => Err(format!(
                    "The label '{label}' contains spaces which is invalid."
                )),
                Some(label) => Ok(json!(label)),
                None => Err("Operation value must be a string".to_owned()),
            }),
            Kind::Number => value
                .as_f64()
                .map(|number| json!(number))
                .ok_or_else(|| "Operation value must be a number".to_owned()),
            Kind::Sprint => value
                .as_u64()
                .filter(|id| planning.sprint(*id).is_some())
                .map(|id| json!([id]))
                .ok_or_else(|| "Number value expected as the Sprint id.".to_owned()),
            _ if value.is_string() => Ok(value.clone()),
            _ => Err("Operation value must be a string".to_owned()),
        }
    }

    /// All values to choose from, if the field has a fixed list.
    pub(super) fn options(&self, base: &str) -> Option<Value> {
        let names: Vec<&str> = match self.kind {
            Kind::Select(options)
            | Kind::Radio(options)
            | Kind::MultiSelect(options)
            | Kind::Checkboxes(options) => options.to_vec(),
            Kind::Cascade(options) => options.iter().map(|(name, _)| *name).collect(),
            _ => return None,
        };
        let numbered = names.into_iter().enumerate();
        Some(
            numbered
                .map(|(position, name)| {
                    let mut option = self.one_option(name, position, base);
                    if let (Kind::Cascade(options), Some(map)) = (self.kind, option.as_object_mut())
                    {
                        let children = options.get(position).map(|(_, children)| *children);
                        let children = children.unwrap_or_default().iter().enumerate();
                        let children = children.map(|(below, child)| {
                            self.one_option(child, (position + 1) * 10 + below, base)
                        });
                        map.insert("children".to_owned(), children.collect());
                    }
                    option
                })
                .collect(),
        )
    }

    fn option(&self, value: &Value, options: &[&str], base: &str) -> Value {
        let Some(value) = value.as_str() else {
            return Value::Null;
        };
        let position = options.iter().position(|option| *option == value);
        self.one_option(value, position.unwrap_or_default(), base)
    }

    fn one_option(&self, value: &str, position: usize, base: &str) -> Value {
        let id = self.option_id(position);
        json!({
            "self": format!("{base}/rest/api/2/customFieldOption/{id}"),
            "value": value,
            "id": id,
            "disabled": false,
        })
    }

    fn option_id(&self, position: usize) -> String {
        format!("{}{position:02}", self.number)
    }

    fn cascade(&self, value: &Value, options: &[(&str, &[&str])], base: &str) -> Value {
        let part = |index: usize| value.get(index).and_then(Value::as_str);
        let Some(parent) = part(0) else {
            return Value::Null;
        };
        let position = options.iter().position(|(name, _)| *name == parent);
        let position = position.unwrap_or_default();
        let mut rendered = self.one_option(parent, position, base);
        if let (Some(child), Some(map)) = (part(1), rendered.as_object_mut()) {
            let children = options.get(position).map(|(_, children)| *children);
            let below = children
                .and_then(|children| children.iter().position(|name| *name == child))
                .unwrap_or_default();
            let child = self.one_option(child, (position + 1) * 10 + below, base);
            map.insert("child".to_owned(), child);
        }
        rendered
    }

    fn chosen(&self, value: &Value, options: &[&str]) -> Result<Value, String> {
        if let Some(id) = value.get("id").and_then(Value::as_str) {
            return options
                .iter()
                .enumerate()
                .find(|(position, _)| self.option_id(*position) == id)
                .map(|(_, option)| json!(option))
                .ok_or_else(|| format!("Option id '{id}' is not valid"));
        }
        let wanted = named(value, &["value"]).ok_or_else(|| {
            "Could not find valid 'id' or 'value' in the Parent Option object.".to_owned()
        })?;
        options
            .iter()
            .find(|option| same(option, wanted))
            .map(|option| json!(option))
            .ok_or_else(|| format!("Option value '{wanted}' is not valid"))
    }

    fn chosen_pair(&self, value: &Value, options: &[(&str, &[&str])]) -> Result<Value, String> {
        let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
        let parent = self.chosen(value, &names)?;
        let Some(child) = value.get("child").filter(|child| !child.is_null()) else {
            return Ok(json!([parent]));
        };
        let children = options.iter().find(|(name, _)| parent == *name);
        let children = children.map(|(_, children)| *children).unwrap_or_default();
        Ok(json!([parent, self.chosen(child, children)?]))
    }
}

/// The string under the first of some names, or the value itself if it is a string.
fn named<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    names
        .iter()
        .find_map(|name| value.get(name).and_then(Value::as_str))
        .or_else(|| value.as_str())
}

fn each(value: &Value, render: impl Fn(&Value) -> Value) -> Value {
    match value.as_array() {
        Some(members) => members.iter().map(render).collect(),
        None => Value::Null,
    }
}

fn list_of(
    value: &Value,
    accept: impl Fn(&Value) -> Result<Value, String>,
) -> Result<Value, String> {
    let members = value
        .as_array()
        .ok_or_else(|| "data was not an array".to_owned())?;
    members.iter().map(accept).collect()
}

fn user(value: &Value, base: &str) -> Value {
    let person = value.as_str().and_then(people::by_any_name);
    person.map_or(Value::Null, |person| person.in_jira(base))
}

fn chosen_user(value: &Value) -> Result<Value, String> {
    let name = named(value, &["name", "key"]).ok_or_else(|| "data was not an object".to_owned())?;
    people::by_any_name(name)
        .map(|person| json!(person.login))
        .ok_or_else(|| format!("User '{name}' was not found in the system."))
}
