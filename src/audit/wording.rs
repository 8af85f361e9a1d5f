//! Wordings of planted dirt: data in `wordings/*.toml`, a small grammar for each language, so that few are the same.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::dice::Dice;
use crate::text::words::folded;

/// The languages. A new one is a file and a line here; the first stands in where none is recognised.
const SOURCES: &[(&str, &str)] = &[
    ("en", include_str!("wordings/en.toml")),
    ("de", include_str!("wordings/de.toml")),
    ("fr", include_str!("wordings/fr.toml")),
    ("es", include_str!("wordings/es.toml")),
    ("it", include_str!("wordings/it.toml")),
    ("pt", include_str!("wordings/pt.toml")),
];

static ALL: LazyLock<Vec<Wordings>> = LazyLock::new(|| {
    let read = |&(language, source)| Wordings { language, lists: toml::from_str(source).unwrap_or_default() };
    SOURCES.iter().map(read).collect()
});

/// What can be said in one language.
#[derive(Debug)]
pub struct Wordings {
    /// Its code, as `en`.
    pub language: &'static str,
    lists: BTreeMap<String, Vec<String>>,
}

/// Words of a text that are looked at to recognise its language.
const LOOKED_AT: usize = 400;

/// Of so many words one must be a common word of the language.
const ONE_IN: usize = 12;

/// The wordings in the language of the text: the one whose most common words it has most of, English where that is few.
pub fn of(text: &str) -> &'static Wordings {
    let end = text.char_indices().nth(LOOKED_AT * 8).map_or(text.len(), |(at, _)| at);
    let folded = folded(&text[..end], false);
    let list: Vec<&str> = folded.split(' ').take(LOOKED_AT).collect();
    let known = |one: &Wordings| {
        let common = one.lists.get("common").map_or(&[][..], Vec::as_slice);
        list.iter().filter(|word| common.iter().any(|c| c == *word)).count()
    };
    let mut best = (&ALL[0], 0);
    for (one, hits) in ALL.iter().map(|one| (one, known(one))) {
        if hits > best.1 && hits * ONE_IN >= list.len() {
            best = (one, hits);
        }
    }
    best.0
}

impl Wordings {
    /// Something that `name` stands for; what this language has no word for is said in English.
    pub fn say(&self, name: &str, dice: &mut Dice) -> String {
        let mut speech = Speech { lists: [&self.lists, &ALL[0].lists], said: BTreeMap::new(), dice };
        speech.say(name)
    }
}

/// One expansion: a name that comes twice is not said in the same way, as long as there is another.
struct Speech<'a> {
    lists: [&'a BTreeMap<String, Vec<String>>; 2],
    said: BTreeMap<String, usize>,
    dice: &'a mut Dice,
}

impl Speech<'_> {
    fn say(&mut self, name: &str) -> String {
        let Some(list) = self.lists.iter().find_map(|lists| lists.get(name)).filter(|list| !list.is_empty()) else {
            return String::new();
        };
        let at = match self.said.get(name) {
            Some(before) => (before + 1) % list.len(),
            None => self.dice.below(list.len()),
        };
        self.said.insert(name.to_owned(), at);
        let mut rest = list[at].as_str();
        let mut out = String::new();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            out.push_str(before);
            out.push_str(&self.say(name));
            rest = after;
        }
        out + rest
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_says_what_it_names() {
        for (language, source) in SOURCES {
            let lists: BTreeMap<String, Vec<String>> = toml::from_str(source).unwrap();
            for name in ["common", "subscription-appeal", "link-list", "comment-policy", "sponsor-ad"] {
                assert!(lists.get(name).is_some_and(|list| list.len() >= 5), "{language}: {name}");
            }
            for (name, list) in &lists {
                for tail in list.iter().flat_map(|line| line.split('{').skip(1)) {
                    let inner = tail.split_once('}').unwrap().0;
                    assert!(lists.contains_key(inner) && inner != name, "{language}: {name} names {inner}");
                }
            }
        }
    }

    #[test]
    fn the_same_draws_say_the_same_and_others_something_else() {
        for one in ALL.iter() {
            let say = |n: u64| one.say("comment-policy", &mut Dice::new(n, &[]));
            assert_eq!(say(7), say(7));
            let said: BTreeSet<String> = (0..50).map(say).collect();
            assert!(said.len() > 30, "{}: {}", one.language, said.len());
            assert!(said.iter().all(|text| !text.contains(['{', '}'])), "{}", one.language);
        }
    }

    #[test]
    fn languages_are_recognised() {
        for (language, text) in [
            ("en", "The council voted on Tuesday to close the old bridge over the river."),
            ("de", "Der Rat hat am Dienstag beschlossen, die alte Brücke über den Fluss zu schließen."),
            ("fr", "Le conseil a voté mardi pour la fermeture du vieux pont qui passe sur le fleuve."),
            ("es", "El consejo votó el martes para cerrar el puente viejo que cruza el río por dos años."),
            ("it", "Il consiglio ha votato martedì per chiudere il vecchio ponte della città, che non è sicuro."),
            ("pt", "O conselho votou na terça para fechar a ponte velha, que não é segura, por dois anos."),
            ("en", "Рада проголосувала за закриття старого мосту."),
        ] {
            assert_eq!(of(text).language, language, "{text}");
        }
    }
}
