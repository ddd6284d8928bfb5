//! A line of wiki markup before it is written: characters of the text, and marks around them.

/// A mark that opens and closes, by which text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `*`.
    Strong,
    /// `_`.
    Emphasis,
    /// `-`.
    Strikethrough,
    /// `+`.
    Underline,
    /// `^`.
    Superscript,
    /// `~`.
    Subscript,
    /// `??`.
    Citation,
    /// `{{` and `}}`.
    Monospace,
    /// The text of a link; what follows it is written as it is.
    Link,
}

impl Mark {
    /// The mark that a character of a text could be taken for.
    pub(super) fn of(character: char) -> Option<Self> {
        Some(match character {
            '*' => Self::Strong,
            '_' => Self::Emphasis,
            '-' => Self::Strikethrough,
            '+' => Self::Underline,
            '^' => Self::Superscript,
            '~' => Self::Subscript,
            '?' => Self::Citation,
            _ => return None,
        })
    }

    /// A bit of its own, to keep several marks in one number.
    pub(super) fn bit(self) -> u16 {
        1 << self as u16
    }

    /// How it begins.
    pub(super) fn opening(self) -> &'static str {
        match self {
            Self::Strong => "*",
            Self::Emphasis => "_",
            Self::Strikethrough => "-",
            Self::Underline => "+",
            Self::Superscript => "^",
            Self::Subscript => "~",
            Self::Citation => "??",
            Self::Monospace => "{{",
            Self::Link => "[",
        }
    }

    /// How it ends.
    pub(super) fn closing(self) -> &'static str {
        match self {
            Self::Monospace => "}}",
            Self::Link => "",
            _ => self.opening(),
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A character of the text, which must not be read as a mark.
    Text(char),
    /// Markup, written as it is.
    Raw(Box<str>),
    /// A mark opens; in braces if it could not stand here bare.
    Open { mark: Mark, braced: bool },
    /// A mark closes.
    Close { mark: Mark, braced: bool },
    /// The end of a line; by `\\` if the line itself must go on.
    Break { forced: bool },
    /// Nothing, but what stands here would not be read beside a letter or a digit.
    Apart,
}

/// What is written from a piece on, as far as it is known before anything is escaped.
pub(super) fn written_from(pieces: &[Piece], index: usize) -> impl Iterator<Item = char> {
    let rest = pieces.get(index..).unwrap_or_default();
    rest.iter().flat_map(Piece::written)
}

/// What of a piece its neighbours see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Nothing: they see what comes behind it.
    Through,
    /// The edge of the line.
    Edge,
    /// A character.
    Character(char),
}

impl Side {
    /// A letter of markup is no letter of the text.
    fn of(character: Option<char>) -> Self {
        match character {
            None => Self::Through,
            Some(letter) if letter.is_alphanumeric() => Self::Character(')'),
            Some(character) => Self::Character(character),
        }
    }
}

impl Piece {
    fn first(&self) -> Side {
        let text = match self {
            Self::Text(character) => return Side::Character(*character),
            Self::Break { forced: false } => return Side::Edge,
            Self::Break { forced: true } => "\\",
            Self::Open { braced: true, .. } | Self::Close { braced: true, .. } => "{",
            Self::Raw(text) => text,
            Self::Open { mark, .. } => mark.opening(),
            Self::Close { mark, .. } => mark.closing(),
            Self::Apart => "",
        };
        Side::of(text.chars().next())
    }

    fn last(&self) -> Side {
        let text = match self {
            Self::Text(character) => return Side::Character(*character),
            Self::Break { forced: false } => return Side::Edge,
            Self::Break { forced: true } => " ",
            Self::Open { braced: true, .. } | Self::Close { braced: true, .. } => "}",
            Self::Raw(text) => text,
            Self::Open { mark, .. } => mark.opening(),
            Self::Close { mark, .. } => mark.closing(),
            Self::Apart => "",
        };
        Side::of(text.chars().next_back())
    }

    fn written(&self) -> impl Iterator<Item = char> {
        let (before, text, after) = match self {
            Self::Text(_) | Self::Apart => ("", "", ""),
            Self::Break { forced: false } => ("", "\n", ""),
            Self::Break { forced: true } => ("", "\\\\ ", ""),
            Self::Raw(text) => ("", &**text, ""),
            Self::Open { mark, braced: true } => ("{", mark.opening(), "}"),
            Self::Open { mark, .. } => ("", mark.opening(), ""),
            Self::Close { mark, braced: true } => ("{", mark.closing(), "}"),
            Self::Close { mark, .. } => ("", mark.closing(), ""),
        };
        let markup = [before, text, after].into_iter().flat_map(str::chars);
        self.text().into_iter().chain(markup)
    }

    /// The character, if it is one of the text.
    pub(super) fn text(&self) -> Option<char> {
        match self {
            Self::Text(character) => Some(*character),
            _ => None,
        }
    }
}

/// The character before a piece; none at the start of the line.
pub(super) fn before(pieces: &[Piece], index: usize) -> Option<char> {
    let earlier = pieces.get(..index).unwrap_or_default();
    let side = earlier.iter().rev().map(Piece::last);
    seen(side)
}

/// The character after a piece; none at the end of the line.
pub(super) fn after(pieces: &[Piece], index: usize) -> Option<char> {
    let later = pieces.get(index + 1..).unwrap_or_default();
    seen(later.iter().map(Piece::first))
}

fn seen(mut sides: impl Iterator<Item = Side>) -> Option<char> {
    match sides.find(|side| *side != Side::Through) {
        Some(Side::Character(character)) => Some(character),
        _ => None,
    }
}

/// The pieces of a line as they are put together.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    list: Vec<Piece>,
    open: u16,
}

impl Pieces {
    /// Text, in which white space is as the tree has it.
    pub(super) fn text(&mut self, text: &str) {
        self.list.extend(text.chars().map(Piece::Text));
    }

    /// Markup.
    pub(super) fn raw(&mut self, markup: impl Into<Box<str>>) {
        self.list.push(Piece::Raw(markup.into()));
    }

    /// Markup that would not be read beside a letter or a digit.
    pub(super) fn apart(&mut self, markup: impl Into<Box<str>>) {
        self.list.push(Piece::Apart);
        self.raw(markup);
        self.list.push(Piece::Apart);
    }

    /// Opens a mark; not if it is open already.
    pub(super) fn open(&mut self, mark: Mark) -> bool {
        let is_new = self.open & mark.bit() == 0;
        if is_new {
            self.open |= mark.bit();
            self.list.push(Piece::Open {
                mark,
                braced: false,
            });
        }
        is_new
    }

    /// Closes a mark that [`Self::open`] has opened; breaks at its end move outside.
    pub(super) fn close(&mut self, mark: Mark) {
        self.open &= !mark.bit();
        let kept = self
            .list
            .iter()
            .rposition(|piece| !matches!(piece, Piece::Break { .. }))
            .map_or(0, |last| last + 1);
        let breaks = self.list.split_off(kept);
        // A mark around nothing would be read as text.
        if matches!(self.list.last(), Some(Piece::Open { mark: opened, .. }) if *opened == mark) {
            self.list.pop();
        } else {
            self.list.push(Piece::Close {
                mark,
                braced: false,
            });
        }
        self.list.extend(breaks);
    }

    /// The end of a line; at the start of a mark it moves outside.
    pub(super) fn line_end(&mut self) {
        let kept = self
            .list
            .iter()
            .rposition(|piece| !matches!(piece, Piece::Open { .. }))
            .map_or(0, |last| last + 1);
        let opened = self.list.split_off(kept);
        self.list.push(Piece::Break { forced: false });
        self.list.extend(opened);
    }

    /// Whether anything is there.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether no mark is open.
    pub(super) fn is_outermost(&self) -> bool {
        self.open == 0
    }

    /// Letters beside what needs to stand apart are entities, which end with a `;`.
    fn part_letters(&mut self) {
        for index in 0..self.list.len() {
            if self.list.get(index) != Some(&Piece::Apart) {
                continue;
            }
            for beside in [index.checked_sub(1), Some(index + 1)] {
                if let Some(piece) = beside.and_then(|beside| self.list.get_mut(beside))
                    && let Some(letter) = piece.text().filter(|letter| letter.is_alphanumeric())
                {
                    *piece = Piece::Raw(format!("&#{};", u32::from(letter)).into());
                }
            }
        }
    }

    /// The pieces, with breaks forced where a bare line end would not do.
    pub(super) fn finish(mut self, always_forced: bool) -> Vec<Piece> {
        self.part_letters();

        let mut open = 0_u32;
        let mut follows_break = true;
        for index in 0..self.list.len() {
            let precedes_break =
                matches!(self.list.get(index + 1), None | Some(Piece::Break { .. }));
            let Some(piece) = self.list.get_mut(index) else {
                break;
            };
            let is_break = matches!(piece, Piece::Break { .. });
            match piece {
                Piece::Open { .. } => open += 1,
                Piece::Close { .. } => open = open.saturating_sub(1),
                Piece::Break { forced } => {
                    *forced = always_forced || open > 0 || follows_break || precedes_break;
                }
                Piece::Text(_) | Piece::Raw(_) | Piece::Apart => {}
            }
            follows_break = is_break;
        }
        self.list
    }
}
