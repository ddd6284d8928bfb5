//! Views of what Confluence sends.

mod edited_page;
mod outline;
mod page;
mod page_row;
mod saved_page;
mod space;

pub use edited_page::EditedPageView;
pub use outline::{OutlineView, SectionView};
pub use page::{PageView, storage_of};
pub use page_row::PageRow;
pub use saved_page::SavedPageView;
pub use space::SpaceRow;

use crate::{api::confluence::types, views::text};

/// The address of a page or space in the browser: its own link behind the site's address.
fn web_url(links: Option<&types::Links>, base_url: &str) -> Option<String> {
    let path = links?.webui.as_deref()?;
    // A link is not escaped by what sends it; it may stand outside of the marks.
    let path = text::line(path).replace('<', "%3C").replace('>', "%3E");
    Some(format!("{base_url}{path}"))
}

/// Where the next page of a list starts: what was given plus what was got, if there is a next.
fn next_start(start: Option<i64>, got: usize, links: Option<&types::Links>) -> Option<i64> {
    links?.next.as_ref()?;
    let got = i64::try_from(got).ok().filter(|got| *got > 0)?;
    Some(start.unwrap_or(0) + got)
}
