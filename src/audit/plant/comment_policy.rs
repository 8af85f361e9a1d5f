//! `comment-policy`

use crate::audit::kind::{BELOW, Kind, Planted};

pub(crate) static KIND: Kind = Kind {
    id: "comment-policy",
    summary: "rules for comments, or the form for one, below the text",
    plant: |site, dice| {
        let here = site.here;
        Some(Planted::below(here, here.below()?, &here.wordings.say("comment-policy", dice), BELOW))
    },
};
