//! Where in the file of a baseline a document stands: so that git merges what two branches say of different documents.
//!
//! Git merges two changes when at least one line between them is what it was, and calls everything else a conflict. So
//! there are two kinds of lines that stay. Behind each document stands a separator, which stays when the document goes: so
//! two branches change and take out neighbours. And every baseline ends with [`MARKS`] lines, between which there is room:
//! all that a branch adds at once goes to one place, which a hash of it chooses. So two branches that add something meet
//! once in a thousand merges, however much it is; in a list that is sorted by name they would often meet, and if each
//! document had a place of its own, the more often the more of them there are.
//!
//! The file therefore shows how it came about: first what was known when it was made, sorted, and then between the marks what
//! was taken in later, each time sorted. What it was when it was read decides where things stand. Separators that are not
//! needed go the next time; which these are, two branches of one file say alike.

use std::collections::BTreeMap;

use super::lines::{Line, MARKS, line, mark, section, separator};
use super::section::{Key, Section};

/// Separators side by side that stay as they are; of more, the outer two stay, so that what stands around them is apart.
const RUN: usize = 3;

/// What stands between two marks.
type Room<'a> = Vec<Place<'a>>;

enum Place<'a> {
    /// What is known of a document.
    Document(&'a Section),
    /// Where something was known of a document.
    Gone,
    Separator(String),
}

impl Place<'_> {
    fn separates(&self) -> bool {
        matches!(self, Self::Separator(_))
    }
}

/// The lines behind the head of a file, for documents of which nothing was known.
pub(super) fn fresh(sections: &BTreeMap<Key, Section>) -> String {
    let mut rooms: Vec<Room<'_>> = (0..=MARKS).map(|_| Room::new()).collect();
    add(&mut rooms[0], sections);
    written(&rooms)
}

/// The same for a file that was `old`: what was known stays where it stood.
pub(super) fn over(old: &str, sections: &BTreeMap<Key, Section>) -> String {
    let mut rooms = vec![Room::new()];
    let mut rest: BTreeMap<&Key, &Section> = sections.iter().collect();
    let (mut documents, mut separators) = (0, 0);
    for text in old.lines() {
        let room = rooms.len() - 1;
        match Line::of(text) {
            Line::Mark(mark) if mark as usize == room => rooms.push(Room::new()),
            // Some are lost, or stand elsewhere.
            Line::Mark(_) => return fresh(sections),
            Line::Separator(text) => {
                separators += 1;
                rooms[room].push(Place::Separator(text.to_owned()));
            }
            Line::Document(text) => {
                documents += 1;
                // Of a line that stands twice, one stays.
                let known = section(text).ok().and_then(|known| rest.remove(&known.key()));
                rooms[room].push(known.map_or(Place::Gone, Place::Document));
            }
            Line::Head(_) | Line::Blank | Line::Conflict => {}
        }
    }
    // Not all marks are there, or the file is one of an earlier version: it had no separators.
    if rooms.len() != MARKS as usize + 1 || 2 * separators < documents {
        return fresh(sections);
    }
    // The other branch tidies up too: what is added there would stand beside what goes.
    let leaves = |room: &Room<'_>| !room.is_empty() && room.iter().all(Place::separates);
    let wanted = hash(rest.keys().copied()) % MARKS;
    let room = (0..MARKS).map(|n| 1 + (wanted + n) as usize % MARKS as usize).find(|&room| !leaves(&rooms[room]));
    rooms.iter_mut().for_each(tidy);
    add(&mut rooms[room.unwrap_or_default()], rest);
    written(&rooms)
}

fn add<'a>(room: &mut Room<'a>, documents: impl IntoIterator<Item = (&'a Key, &'a Section)>) {
    for (key, section) in documents {
        room.push(Place::Document(section));
        room.push(Place::Separator(separator(hash([key]))));
    }
}

/// Takes out separators that kept apart what was gone already.
fn tidy(room: &mut Room<'_>) {
    if room.iter().all(Place::separates) {
        room.clear();
    }
    let mut stays = Vec::with_capacity(room.len());
    for run in room.chunk_by(|one, next| one.separates() && next.separates()) {
        let outer = |n: usize| n == 0 || n + 1 == run.len();
        stays.extend((0..run.len()).map(|n| run.len() <= RUN || outer(n)));
    }
    let mut stays = stays.into_iter();
    room.retain(|_| stays.next().unwrap_or_default());
}

fn written(rooms: &[Room<'_>]) -> String {
    let mut out = String::new();
    for (number, room) in (0..).zip(rooms) {
        for place in room {
            match place {
                Place::Document(section) => line(section, &mut out),
                Place::Gone => {}
                Place::Separator(text) => out.extend([text.as_str(), "\n"]),
            }
        }
        if number < MARKS {
            out.extend([mark(number).as_str(), "\n"]);
        }
    }
    out
}

/// A hash of names (FNV-1a, folded).
fn hash<'a>(keys: impl IntoIterator<Item = &'a Key>) -> u32 {
    let fnv = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = keys.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, (path, id, text)| {
        let text = text.map_or([0; 16], |print| print.0.to_le_bytes());
        path.bytes().chain([0]).chain(id.bytes()).chain(text).fold(hash, fnv)
    });
    u32::try_from((hash ^ hash >> 32) & 0xFFFF_FFFF).unwrap_or_default()
}
