//! Page furniture around the article.

pub(super) mod author_box;
pub(super) mod box_line;
pub(super) mod comment_section;
pub(super) mod contact_footer;
pub(super) mod cookie_notice;
pub(super) mod legal_notice;
pub(super) mod navigation;
pub(super) mod page_furniture;
pub(super) mod page_tail;
pub(super) mod picture_credit;
pub(super) mod read_more;
pub(super) mod related_links;
pub(super) mod share_bar;
pub(super) mod site_header;
pub(super) mod site_template;
pub(super) mod subscription_appeal;

use super::lexicon::List;
use super::{Case, Found};

/// Cuts every block of which `list` says enough for its length.
pub(super) fn cut_by_phrases(case: &Case<'_>, list: List, found: &mut Found<'_>) {
    for (_, block, _) in case.hits(list) {
        if let Some(hits) = block.judged(list) {
            found.cut(block.span, vec![hits.evidence(block.needed(hits))]);
        }
    }
}
