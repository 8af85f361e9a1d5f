//! `subscription-appeal`

use crate::audit::kind::{Kind, say};

pub(crate) static KIND: Kind = Kind {
    id: "subscription-appeal",
    summary: "an appeal to subscribe or to pay, amid the text or below it",
    plant: |site, dice| say(site, dice, "subscription-appeal"),
};
