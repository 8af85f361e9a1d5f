//! The kinds of dirt, a file each.

pub(super) mod comment_policy;
mod edited;
pub(super) mod hyphen_break;
pub(super) mod link_list;
pub(super) mod near_document;
pub(super) mod near_paragraph;
pub(super) mod page_break;
pub(super) mod repeated_block;
pub(super) mod repeated_paragraph;
pub(super) mod sponsor_ad;
pub(super) mod subscription_appeal;
