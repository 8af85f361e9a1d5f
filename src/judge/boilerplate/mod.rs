//! Page furniture around the article.

pub mod author_box;
pub mod comment_section;
pub mod contact_footer;
pub mod cookie_notice;
pub mod legal_notice;
pub mod navigation;
pub mod page_tail;
pub mod read_more;
pub mod related_links;
pub mod share_bar;
pub mod site_header;
pub mod subscription_appeal;

use super::lexicon::List;
use super::{Case, Found};

/// Cuts every block of which `list` says enough for its length.
pub(super) fn cut_by_phrases(case: &Case<'_>, list: List, found: &mut Found<'_>) {
    for block in &case.blocks {
        if let Some(hits) = block.judged(list) {
            found.cut(block.span, vec![hits.evidence(block.needed())]);
        }
    }
}
