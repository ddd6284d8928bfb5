//! From storage format to the HTML that `body.view` holds, roughly as the server renders it.

use crate::sandbox::confluence::storage::{self, Element, Node, plain};
use crate::sandbox::exchange::{encode, escape};

/// Where a body is shown, which its links depend on.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The URL of the site.
    pub(super) base: &'a str,
    /// The id of the content that has the files; unknown where a body stands alone.
    pub(super) content: Option<u64>,
}

impl Place<'_> {
    /// The URL of the folder with the attachments.
    fn files(self) -> String {
        let id = self.content.unwrap_or_default();
        format!("{}/download/attachments/{id}", self.base)
    }
}

/// The rendered form of a body.
pub(super) fn html(body: &str, place: Place<'_>) -> String {
    let mut html = String::new();
    if let Ok(nodes) = storage::read(body) {
        all(&nodes, place, &mut html);
    }
    html
}

fn all(nodes: &[Node], place: Place<'_>, html: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Verbatim(text) => html.push_str(&escape(text)),
            Node::Element(element) => one(element, place, html),
        }
    }
}

fn one(element: &Element, place: Place<'_>, html: &mut String) {
    let inside = |html: &mut String| all(&element.children, place, html);
    match element.name.as_str() {
        "ac:structured-macro" | "ac:macro" => macro_html(element, place, html),
        "ac:parameter" | "ac:placeholder" | "ac:task-id" | "ac:task-status" => {}
        "ac:link" => link(element, place, html),
        "ac:image" => image(element, place, html),
        "ac:emoticon" => {
            let name = element.attribute("ac:name").unwrap_or_default();
            html.push_str(&format!(
                "<img class=\"emoticon\" src=\"{}/images/icons/emoticons/{name}.svg\" alt=\"({name})\"/>",
                place.base
            ));
        }
        "ac:task-list" => wrapped(html, "<ul class=\"inline-task-list\">", "</ul>", inside),
        "ac:task" => {
            let done = element
                .elements()
                .any(|part| part.name == "ac:task-status" && plain(&part.children) == "complete");
            let class = if done { " class=\"checked\"" } else { "" };
            wrapped(html, &format!("<li{class}>"), "</li>", inside);
        }
        "ac:task-body"
        | "ac:link-body"
        | "ac:rich-text-body"
        | "ac:plain-text-body"
        | "ac:inline-comment-marker" => inside(html),
        "ac:layout" => wrapped(html, "<div class=\"contentLayout2\">", "</div>", inside),
        "ac:layout-section" => wrapped(html, "<div class=\"columnLayout\">", "</div>", inside),
        "ac:layout-cell" => wrapped(html, "<div class=\"cell\">", "</div>", inside),
        "table" => wrapped(
            html,
            "<div class=\"table-wrap\"><table class=\"confluenceTable\">",
            "</table></div>",
            inside,
        ),
        "th" | "td" => {
            let kind = if element.name == "th" {
                "confluenceTh"
            } else {
                "confluenceTd"
            };
            let attributes = attributes(element);
            wrapped(
                html,
                &format!("<{}{attributes} class=\"{kind}\">", element.name),
                &format!("</{}>", element.name),
                inside,
            );
        }
        "time" => html.push_str(&escape(element.attribute("datetime").unwrap_or_default())),
        name if name.contains(':') => inside(html),
        name if element.children.is_empty() && ["br", "hr", "img", "col"].contains(&name) => {
            html.push_str(&format!("<{name}{}/>", attributes(element)));
        }
        name => wrapped(
            html,
            &format!("<{name}{}>", attributes(element)),
            &format!("</{name}>"),
            inside,
        ),
    }
}

fn macro_html(element: &Element, place: Place<'_>, html: &mut String) {
    let inside = |html: &mut String| all(&element.children, place, html);
    let name = element.attribute("ac:name").unwrap_or_default();
    let parameter = |name: &str| escape(&element.parameter(name).unwrap_or_default());
    match name {
        "code" | "noformat" => wrapped(
            html,
            &format!(
                "<div class=\"code panel pdl\"><div class=\"codeContent panelContent pdl\">\
                 <pre class=\"syntaxhighlighter-pre\" data-syntaxhighlighter-params=\"brush: {}\">",
                parameter("language")
            ),
            "</pre></div></div>",
            inside,
        ),
        "info" | "note" | "tip" | "warning" => {
            let class = if name == "info" { "information" } else { name };
            wrapped(
                html,
                &format!(
                    "<div class=\"confluence-information-macro confluence-information-macro-{class}\">\
                     <div class=\"confluence-information-macro-body\">"
                ),
                "</div></div>",
                inside,
            );
        }
        "expand" => wrapped(
            html,
            &format!(
                "<div class=\"expand-container\"><span class=\"expand-control-text\">{}</span>\
                 <div class=\"expand-content\">",
                parameter("title")
            ),
            "</div></div>",
            inside,
        ),
        "panel" => wrapped(html, "<div class=\"panel\"><div class=\"panelContent\">", "</div></div>", inside),
        "status" => html.push_str(&format!(
            "<span class=\"status-macro aui-lozenge\">{}</span>",
            parameter("title")
        )),
        "toc" => html.push_str("<div class=\"toc-macro\"></div>"),
        "children" | "recently-updated" | "pagetree" => html.push_str("<ul class=\"childpages-macro\"></ul>"),
        "anchor" => html.push_str(&format!("<span id=\"{}\"></span>", parameter(""))),
        "jira" => html.push_str(&format!(
            "<span class=\"jira-issue\" data-jira-key=\"{0}\">{0}{1}</span>",
            parameter("key"),
            parameter("jqlQuery")
        )),
        unknown => html.push_str(&format!(
            "<img class=\"editor-inline-macro unknown-macro\" \
             src=\"{1}/plugins/servlet/confluence/placeholder/unknown-macro?name={0}\" alt=\"{0}\"/>",
            encode(unknown),
            place.base
        )),
    }
}

fn link(element: &Element, place: Place<'_>, html: &mut String) {
    let target = element.elements().find(|part| part.name.starts_with("ri:"));
    let (href, name) = match target {
        Some(target) => match target.name.as_str() {
            "ri:page" => {
                let title = target.attribute("ri:content-title").unwrap_or_default();
                let space = target.attribute("ri:space-key").unwrap_or("DEMO");
                (
                    format!("{}/display/{space}/{}", place.base, encode(title)),
                    title,
                )
            }
            "ri:user" => {
                let key = target.attribute("ri:userkey").unwrap_or_default();
                let person = crate::sandbox::people::by_any_name(key);
                let (login, name) =
                    person.map_or((key, key), |person| (person.login, person.display_name));
                (format!("{}/display/~{login}", place.base), name)
            }
            _ => {
                let file = target.attribute("ri:filename").unwrap_or_default();
                (format!("{}/{}", place.files(), encode(file)), file)
            }
        },
        None => {
            let anchor = element.attribute("ac:anchor").unwrap_or_default();
            (format!("#{anchor}"), anchor)
        }
    };
    let body = element
        .elements()
        .find(|part| part.name.ends_with("link-body"));
    html.push_str(&format!("<a href=\"{}\">", escape(&href)));
    match body {
        Some(body) => all(&body.children, place, html),
        None => html.push_str(&escape(name)),
    }
    html.push_str("</a>");
}

fn image(element: &Element, place: Place<'_>, html: &mut String) {
    let source = element
        .elements()
        .find_map(|part| match part.name.as_str() {
            "ri:url" => part.attribute("ri:value").map(str::to_owned),
            _ => part
                .attribute("ri:filename")
                .map(|file| format!("{}/{}", place.files(), encode(file))),
        });
    html.push_str(&format!(
        "<span class=\"confluence-embedded-file-wrapper\"><img class=\"confluence-embedded-image\" src=\"{}\"/></span>",
        escape(&source.unwrap_or_default())
    ));
}

fn attributes(element: &Element) -> String {
    element
        .attributes
        .iter()
        .filter(|(name, _)| !name.contains(':') && name != "class")
        .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)))
        .collect()
}

fn wrapped(html: &mut String, before: &str, after: &str, inside: impl FnOnce(&mut String)) {
    html.push_str(before);
    inside(html);
    html.push_str(after);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_become_html() {
        let body = "<p>a&nbsp;<ac:structured-macro ac:name=\"status\"><ac:parameter \
                    ac:name=\"title\">OK</ac:parameter></ac:structured-macro></p>";
        let place = Place {
            base: "",
            content: None,
        };
        assert_eq!(
            html(body, place),
            "<p>a\u{a0}<span class=\"status-macro aui-lozenge\">OK</span></p>"
        );
    }
}
