//! Wiki markup read into the document tree.
//!
//! A scanner first pairs the macro tags of the whole text ([`macros`]), as Jira does, so that code
//! is left alone and a macro may stand in a list item or a cell. Then lines become blocks
//! ([`blocks`]) and the rest of each line parts ([`tokens`], [`inlines`]). Each step takes time
//! linear in the text. The facts are those of Jira's own renderer; where this reader differs, the
//! list below says why.
//!
//! # Grammar
//!
//! ```text
//! document   = { block } ;
//! block      = blank | rule | heading | bq | list | table | macro-block | paragraph ;
//! rule       = "----" [ "-" ] ;                            (* alone on its line *)
//! heading    = "h" "1".."6" "." line ;
//! bq         = "bq." line ;
//! list       = item { item } ;                             (* ends at a blank line, heading, bq, rule *)
//! item       = marker space [ box ] line { continuation } ;(* further lines, macros and tables belong to it *)
//! box        = "[ ]" | "[x]" ;                             (* a task; Jira shows the box as text *)
//! marker     = ( "*" | "-" | "#" ) { "*" | "-" | "#" } ;   (* length = level, last sign = kind;
//!                                                             a list does not begin with "--" *)
//! table      = row { row } ;
//! row        = cell { cell } [ "|" | "||" ] line-end ;     (* goes on over lines until one ends with "|",
//!                                                             a blank line, or a line beginning with "|" *)
//! cell       = ( "||" | "|" ) { block } ;                  (* "||" begins a header cell *)
//! paragraph  = line { line-end line } ;                    (* each line end is a line break; in items and
//!                                                             cells "\\" before one ends the paragraph *)
//!
//! macro-block= tag body end-tag | single-tag ;
//! tag        = "{" name [ ":" parameters ] "}" ;           (* on one line *)
//! end-tag    = "{" name "}" ;                              (* the same name, no parameters *)
//! parameters = parameter { "|" parameter } ;
//! parameter  = name "=" value | value ;                    (* a value alone is the default parameter *)
//!
//! line       = { part } ;
//! part       = styled | monospace | link | image | url | emoticon | color | anchor | break
//!            | escape | entity | character ;
//! styled     = mark line mark ;                            (* on one line *)
//! mark       = "*" | "_" | "-" | "+" | "^" | "~" | "??"    (* with a word boundary, see below *)
//!            | "{*}" | "{_}" | "{-}" | … ;                 (* anywhere *)
//! monospace  = "{{" line "}}" | "{{{}" line "{}}}" ;
//! link       = "[" [ line "|" ] target [ "|" tip ] "]" ;
//! target     = url | "//" host-and-path | "\\" host-and-path | "#" anchor | "^" file | "~" user
//!            | "/" path | issue-key ;                      (* these two only after a text *)
//! image      = "!" ( url | file ) [ "|" attribute { ( "," | "|" ) attribute } ] "!" ;
//! color      = "{color:" color "}" { block } "{color}" ;
//! anchor     = "{anchor:" name "}" ;
//! break      = "\\" ;                                      (* not in a word with a further "\": `\\host\share` *)
//! escape     = "\" one of -#*_+?^~|%{}[]()!@ ;             (* or before an emoticon; else "\" is itself *)
//! entity     = "&" name ";" | "&#" digits ";" ;            (* as in HTML *)
//! ```
//!
//! A mark opens where no letter, digit, backslash or the same mark stands before it, and neither
//! white space nor the same mark after it. It closes where neither white space nor the same mark
//! stands before it, and no letter, digit or the same mark after it. So `a_b_c`, `2*3*4`, `C++`,
//! `--flag` and `__init__` are text, as is a `*/*` alone.
//!
//! # Where this reader differs from Jira's renderer
//!
//! - `--` and `---` stay as they are written; Jira shows them as dashes.
//! - `__x__` and `**x**` are text; Jira styles what is within and shows two of the marks.
//! - `f(x)` and `O(n)` hold no emoticon, since nobody means one; Jira shows one.
//! - In `{{…}}` links and styles are read, but neither emoticons, addresses nor line breaks, and
//!   the braces may stand within a word and around spaces: what stands there is code.
//! - An image is one if it names a file with an extension or an address: `!important and so on!`
//!   is text.
//! - `[text]` and `[text|something]` that lead nowhere are text in Jira's dialect; an issue's key
//!   as target of a link with a text is a relative address.
//! - A list ends at a heading, a `bq.` and a rule as well, where Jira shows their source.
//! - The panels `info`, `note`, `tip`, `warning` and `expand` are read in Jira's dialect, too, if
//!   they are closed.
//!
//! # Confluence's dialect
//!
//! ```text
//! target     = … | [ space ":" ] title [ "#" anchor ] | [ page ] "^" file | "$" content-id
//!            | [ space ":" ] "/" year "/" month "/" day "/" title | space ":" | word "@" shortcut ;
//! single-tag = tag ;                                       (* any with parameters; known ones without *)
//! ```
//!
//! A macro has a body if a later end tag closes it. An unknown `{name}` without parameters is one
//! only if it begins a line and is closed; `${name}` is text.

mod blocks;
mod bodies;
mod emoticons;
mod escapes;
mod images;
mod inlines;
mod lines;
mod links;
mod lists;
mod macros;
mod monospace;
mod names;
mod parameters;
mod tables;
mod targets;
mod tokens;
mod urls;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range};

use crate::markup::document::Document;

use lines::LineEnds;
use macros::Macros;

/// Blocks and macros nested deeper than this are kept as text.
const DEEPEST: usize = 1_000;

/// Whose wiki markup it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Jira's.
    Jira,
    /// Confluence's.
    Confluence,
}

/// Reads wiki markup; every text has a reading.
pub fn read(source: &str, dialect: Dialect) -> Document {
    let source = with_line_ends(source);
    let line_ends = LineEnds::new(&source);
    let macros = Macros::new(&source, dialect, &line_ends);
    let reader = Reader {
        source: &source,
        dialect,
        line_ends,
        macros,
    };
    Document::new(reader.blocks(0..source.len(), 0))
}

/// What is known of a text before its blocks are read.
#[derive(Debug)]
struct Reader<'a> {
    source: &'a str,
    dialect: Dialect,
    line_ends: LineEnds,
    macros: Macros<'a>,
}

impl<'a> Reader<'a> {
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    /// The range without the white space at its ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(range.clone());
        let start = range.start + (text.len() - text.trim_start().len());
        let end = range.start + text.trim_end().len();
        start.min(end)..end
    }
}

/// The source with one kind of line ends, and without controls, which XML does not know.
fn with_line_ends(source: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_ascii_control() && c != '\n' && c != '\t';
    if source.contains(is_control) {
        let mut text = source.replace("\r\n", "\n").replace('\r', "\n");
        text.retain(|c| !is_control(c));
        Cow::Owned(text)
    } else {
        Cow::Borrowed(source)
    }
}
