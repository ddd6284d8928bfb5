//! Links, mentions, issues, states and anchors.

use super::{
    attributes::{classes, has_class, shows_something, take},
    rewrite::{Rewritten, rewrite as rewrite_nodes},
    storage::{element as make, macro_element, text},
};
use crate::markup::xml::{Element, Node};

/// The colours of a state by the endings of their classes, in all of Confluence's versions.
const COLOURS: [(&str, &str); 9] = [
    ("success", "Green"),
    ("error", "Red"),
    ("removed", "Red"),
    ("current", "Yellow"),
    ("moved", "Yellow"),
    ("complete", "Blue"),
    ("inprogress", "Blue"),
    ("new", "Blue"),
    ("default", "Grey"),
];

/// Links and what is rendered by means of them.
pub(super) fn rewrite(element: Element) -> Rewritten {
    let has = |class| has_class(&element, class);
    match element.name.as_str() {
        "a" => Ok(match user(&element) {
            Some(mention) => vec![mention],
            None => link(element),
        }),
        "span" if has("status-macro") => Ok(vec![state(&element)]),
        "span" if has("confluence-anchor-link") => {
            let name = element
                .attribute("id")
                .or_else(|| element.attribute("name"));
            Ok(anchor(name, element.children.clone()))
        }
        "span" | "div" if has("jira-issue") => issue(element),
        "iframe" => Ok(frame(&element)),
        _ => Err(element),
    }
}

fn link(mut element: Element) -> Vec<Node> {
    let children = rewrite_nodes(std::mem::take(&mut element.children));
    let address = element.attribute("href").unwrap_or_default().trim();
    let name = element
        .attribute("name")
        .or_else(|| element.attribute("id"));
    if address.is_empty() {
        return anchor(name, children);
    }
    // A link without anything to click on shows nothing, and a script is no place to go to.
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_script = scheme.eq_ignore_ascii_case("javascript");
    if !shows_something(&children) || is_script || address == "#" {
        return children;
    }
    let tip = element.attribute("title");
    // Jira's own words, the same for each link.
    let tip = tip.filter(|tip| !tip.is_empty() && *tip != "Follow link");
    let mut attributes = vec![("href", address)];
    attributes.extend(tip.map(|tip| ("title", tip)));
    vec![make("a", &attributes, children)]
}

/// A place that links lead to, and the text there.
fn anchor(name: Option<&str>, children: Vec<Node>) -> Vec<Node> {
    let name = name.filter(|name| !name.trim().is_empty());
    let mut nodes: Vec<Node> = name
        .map(|name| macro_element("anchor", &[("", Some(name))], None))
        .into_iter()
        .collect();
    nodes.extend(children);
    nodes
}

/// The person that a link mentions.
fn user(element: &Element) -> Option<Node> {
    let is_user = classes(element).any(|class| {
        matches!(
            class,
            "user-hover" | "confluence-userlink" | "user-mention" | "userlink"
        )
    });
    // `rel` is the person's name only in Jira.
    let name = has_class(element, "user-hover").then(|| element.attribute("rel"));
    let account = element.attribute("data-account-id");
    let person = match (account, element.attribute("data-username")) {
        (Some(account), _) => ("ri:account-id", account),
        (None, Some(name)) => ("ri:username", name),
        (None, None) => ("ri:username", name.flatten()?),
    };
    let is_named = is_user && !person.1.trim().is_empty() && person.1 != "nofollow";
    is_named.then(|| make("ac:link", &[], vec![make("ri:user", &[person], Vec::new())]))
}

fn state(element: &Element) -> Node {
    let endings = classes(element).filter_map(|class| class.strip_prefix("aui-lozenge-"));
    let colour = endings
        .filter_map(|ending| COLOURS.iter().find(|(known, _)| *known == ending))
        .map(|(_, colour)| *colour)
        .next();
    let subtle = has_class(element, "aui-lozenge-subtle").then_some("true");
    let title = element.text();
    let parameters = [
        ("colour", colour),
        ("title", Some(title.as_str())),
        ("subtle", subtle),
    ];
    macro_element("status", &parameters, None)
}

/// An issue of Jira: its key as a macro, and after it what else is shown of it.
fn issue(mut element: Element) -> Rewritten {
    let is_key = |child: &Element| has_class(child, "jira-issue-key");
    let link = take(&mut element, 2, &is_key);
    let key = element.attribute("data-jira-key").map(str::to_owned);
    let Some(key) = key.or_else(|| link.map(|link| link.text())) else {
        return Err(element);
    };
    let mut nodes = vec![macro_element("jira", &[("key", Some(&key))], None)];
    nodes.extend(rewrite_nodes(element.children));
    Ok(nodes)
}

/// Another page within the page is a link to it.
fn frame(element: &Element) -> Vec<Node> {
    let address = element.attribute("src").map(str::trim).unwrap_or_default();
    let is_address = address.starts_with("http://")
        || address.starts_with("https://")
        || address.starts_with("//");
    let link = || make("a", &[("href", address)], vec![text(address)]);
    is_address.then(link).into_iter().collect()
}
