//! Markup that survives: storage format, wiki markup, HTML and Markdown over one document tree.
//!
//! ```text
//! storage format ──xml──▶ nodes ──elements──▶ ┐                        ┌─▶ Markdown
//! HTML     ──html5ever──▶ nodes ──elements──▶ │                        ├─▶ storage format, or a
//! Markdown ──pulldown-cmark, elements───────▶ │  document (the tree)   │   page with what changed
//! wiki markup ──our own parser──────────────▶ ┘                        ├─▶ Jira's wiki markup
//!                                                                      └─▶ plain text
//! ```
//!
//! Pure and total: no I/O, no clock, and every input has an output or an error that says where it
//! is broken. Time grows with the size of the input; nesting is read to 1,000 levels.
//!
//! # The Markdown
//!
//! CommonMark with GitHub's tables, task lists, strikethrough, alerts and footnotes, and:
//!
//! | in Confluence or Jira | in Markdown |
//! | --- | --- |
//! | page, with another text, in another space | `[[Title]]`, `[[Title\|text]]`, `[[SPACE:Title#anchor]]` |
//! | person | `@username` |
//! | attachment | `[text](attachment:plan.pdf)`, `![alt](attachment:net.png)` |
//! | picture with a size | `<img src="attachment:net.png" width="300">` |
//! | blog post, space, shortcut, content by id | `blog:`, `space:`, `shortcut:`, `content:` as the address of a link |
//! | `info`, `tip`, `note`, `warning` | `> [!NOTE]`, `> [!TIP]`, `> [!IMPORTANT]`, `> [!WARNING]`, a title behind it |
//! | `expand` | `<details><summary>Title</summary>` … `</details>` |
//! | `code`, `noformat` | a fence with the language and `title="…"`; the language `noformat` |
//! | emoticon | `:smile:` |
//! | day | `<time datetime="2026-03-14"/>` |
//! | colour, underlined, raised, lowered, cited | `<span style="color: red">`, `<u>`, `<sup>`, `<sub>`, `<cite>` |
//! | table that a pipe table cannot say | `<table>` with Markdown in its cells |
//! | any other macro, a column, a remark | `<ac-toc maxLevel="2"/>`, `<ac-excerpt>` … `</ac-excerpt>`; with a plain body a fence `ac-plantuml` |
//! | a macro with more than is told | the same with a number: `<ac-drawio diagramName="net" ref="1"/>` |
//!
//! # Why macros are tags and their originals stay on the page
//!
//! What Markdown cannot say could go along in full, in a comment, or stay behind and be referred to.
//! Both were tried on 282 real pages with 735 macros, counted with `o200k_base`:
//!
//! | | tokens |
//! | --- | --- |
//! | storage format | 136,084 |
//! | Markdown, each macro's original in a comment `<!--ac:…-->` | 93,996 |
//! | Markdown, each macro a tag with its parameters; ids and long values left on the page | 57,522 |
//!
//! Of the latter, the tags are 9,789; bare numbers (`<!--3-->`) would save about two thirds of that
//! and tell a model nothing. Comments have two more faults: a model takes them for something that
//! nobody sees and drops them when it rewrites a paragraph, and what nobody sees is just what
//! filters against injected instructions remove. A tag with a name is content: it is moved, copied
//! and left alone like a word, its parameters can be edited, and new ones can be written.
//!
//! So the page itself is the table of originals. [`storage::Base`] lays changed Markdown over it:
//! what reads as before keeps every byte, a placeholder is written as it stands there, one that was
//! deleted is gone, one that was copied is there twice, and one that does not fit the page is
//! refused by name ([`Damaged`]).
//!
//! # Example
//!
//! ```
//! use atlassian_bridge::markup::{markdown, storage::Base};
//!
//! let page = r#"<p class="lead">Stop the consumer.</p><ac:structured-macro ac:name="toc" ac:macro-id="4f6d"/>"#;
//! let base = Base::new(page)?;
//! let text = markdown::write(base.document());
//! assert_eq!(text.trim(), "Stop the consumer.\n\n<ac-toc/>");
//!
//! let changed = markdown::read(&text.replace("consumer", "queue"), &markdown::Options::default())?;
//! assert_eq!(base.merge(&changed)?, page.replace("consumer", "queue"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
mod agreement_tests;
mod damaged;
pub mod document;
mod elements;
pub mod html;
pub mod markdown;
pub mod page;
pub mod plain;
pub mod storage;
#[cfg(test)]
mod testing;
mod text;
pub mod wiki;
mod xml;

pub use damaged::Damaged;
pub use text::{clean, cut, part, single_line};
pub use xml::Malformed;
