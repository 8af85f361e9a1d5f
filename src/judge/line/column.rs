//! What is known of a line, as numbers. Weights name these, so a new column is a line here and a line where it is filled.

macro_rules! columns {
    ($($name:ident = $word:literal, $about:literal;)*) => {
        /// A number that is known of each line of a page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $(#[doc = $about] $name),* }

        impl Column {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in a file of weights.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// What it counts.
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => $about),* }
            }
        }
    };
}

columns! {
    Width = "width", "Characters; ideographs count two and a half.";
    Words = "words", "Words.";
    Digits = "digits", "Digits of 100 characters.";
    Capitals = "capitals", "Capitals of 100 letters.";
    CapitalWords = "capital-words", "Words that begin with a capital, of 100.";
    SmallWords = "small-words", "Words that begin with a small letter, of 100.";
    ShortWords = "short-words", "Words of at most three letters, of 100.";
    WordLength = "word-length", "Mean length of a word in tenths of a letter.";
    LongestWord = "longest-word", "Letters of the longest word.";
    Signs = "signs", "What is neither letter, digit nor space, of 100 characters.";
    Sentences = "sentences", "Ends of sentences.";
    SentenceShare = "sentence-share", "Ends of sentences for 100 words.";
    Commas = "commas", "Commas.";
    CommaShare = "comma-share", "Commas for 100 words.";
    Quotes = "quotes", "Quotation marks.";
    Separators = "separators", "Bars, bullets, slashes, arrows.";
    EndsSentence = "ends-sentence", "1 if it ends like a sentence.";
    EndsAsking = "ends-asking", "1 if it ends in a question mark, 2 in an exclamation mark.";
    EndsColon = "ends-colon", "1 if it ends in a colon.";
    EndsOpen = "ends-open", "1 if it ends in three dots.";
    Start = "start", "How it begins: 0 a capital or a letter without case, 1 a small letter, 2 a digit, 3 a quotation mark or dash, 4 another sign.";
    Copyright = "copyright", "1 if it holds a copyright sign.";
    Dated = "dated", "Years, times of day and dates in digits.";
    Linked = "linked", "Bytes in links of 100.";
    Item = "item", "1 for an item of a list, 2 for a marked heading, 3 for code, 4 for a quotation, 5 for a rule.";
    Phrases = "phrases", "Greatest weight of any list of page furniture.";
    PhraseLists = "phrase-lists", "Lists of page furniture that say anything.";
    Furniture = "furniture", "1 if the lists make page furniture of it.";
    Header = "header", "Weight of mastheads.";
    Author = "author", "Weight of author boxes.";
    Opens = "opens", "1 if a blank line stands before it.";
    Group = "group", "Lines of its run of lines without a blank line.";
    InGroup = "in-group", "Lines of the run before it.";
    GroupMass = "group-mass", "Prose in the run, in tens of characters.";
    Place = "place", "Lines before it of 100.";
    Before = "before", "Lines before it.";
    After = "after", "Lines behind it.";
    Lines = "lines", "Lines of the page.";
    WidthPlace = "width-place", "Characters before it of 100.";
    MassPlace = "mass-place", "Prose before it of 100.";
    MassBefore = "mass-before", "Prose before it, in tens of characters.";
    MassAfter = "mass-after", "Prose behind it, in tens of characters.";
    Mass = "mass", "Prose of the page, in tens of characters.";
    MassShare = "mass-share", "Prose of 100 characters of the page.";
    PageFurniture = "page-furniture", "Weight of phrases of page furniture for 100 lines of the page.";
    PageSentences = "page-sentences", "Lines of the page that end like a sentence, of 100.";
    PageShort = "page-short", "Lines of the page of at most four words, of 100.";
    PageWords = "page-words", "What the known words of the page are worth, for each line.";
    PageTemplate = "page-template", "Lines of the page that other documents have, of 100.";
    SinceProse = "since-prose", "Lines since the last one of prose.";
    TillProse = "till-prose", "Lines to the next one of prose.";
    Copies = "copies", "Lines of the page with the same words.";
    Documents = "documents", "Documents with a short line of the same words.";
    TemplateBefore = "template-before", "Of the ten lines before it, those that other documents have.";
    TemplateAfter = "template-after", "Of the ten lines behind it, those that other documents have.";
    Mass3Before = "mass-3-before", "Prose of the three lines before it, in tens of characters.";
    Mass8Before = "mass-8-before", "Prose of the eight lines before it.";
    Mass8After = "mass-8-after", "Prose of the eight lines behind it.";
    Mass20Before = "mass-20-before", "Prose of the twenty lines before it.";
    Mass20After = "mass-20-after", "Prose of the twenty lines behind it.";
    Width3Before = "width-3-before", "Characters of the three lines before it, in tens.";
    Width3After = "width-3-after", "Characters of the three lines behind it.";
    Width8Before = "width-8-before", "Characters of the eight lines before it.";
    Width8After = "width-8-after", "Characters of the eight lines behind it.";
    Width20Before = "width-20-before", "Characters of the twenty lines before it.";
    Width20After = "width-20-after", "Characters of the twenty lines behind it.";
    Furniture8Before = "furniture-8-before", "Weight of phrases in the eight lines before it.";
    Furniture8After = "furniture-8-after", "Weight of phrases in the eight lines behind it.";
    SinceTitle = "since-title", "Lines since the title of the page was said again; -99 if it never was.";
    TitleWords = "title-words", "Words of the title in it, of 100 of its words.";
    TitleShare = "title-share", "Words of the title in it.";
    WordSum = "word-sum", "What its known words are worth, in sixteenths of log-odds.";
    WordMean = "word-mean", "The mean of that over the known words, in sixty-fourths.";
    WordLeast = "word-least", "The worth of the word that speaks most for furniture.";
    WordMost = "word-most", "The worth of the word that speaks most for an article.";
    Topic = "topic", "Words (of four letters or more) that stand in the page's prose elsewhere, of 100.";
    TopicWords = "topic-words", "Such words.";
    Date = "date", "Weight of date lines.";
    Byline = "byline", "Weight of by-lines.";
    Caption = "caption", "Weight of captions.";
    SinceComments = "since-comments", "Lines since the last line that speaks of comments; 300 if there was none.";
    TillComments = "till-comments", "Lines to the next line that speaks of comments.";
    CommentsBefore = "comments-before", "Weight of what speaks of comments before it.";
    SinceRelated = "since-related", "Lines since the last heading of a list of links, or opener of a link.";
    TillRelated = "till-related", "Lines to the next heading of a list of links, or opener of a link.";
    SinceReadMore = "since-read-more", "Lines since the last opener of a link.";
    TillReadMore = "till-read-more", "Lines to the next opener of a link.";
    SinceShare = "since-share", "Lines since the last share bar.";
    TillShare = "till-share", "Lines to the next share bar.";
    SinceLegal = "since-legal", "Lines since the last line of copyright and terms.";
    TillLegal = "till-legal", "Lines to the next line of copyright and terms.";
    SinceSubscription = "since-subscription", "Lines since the last appeal to subscribe.";
    TillSubscription = "till-subscription", "Lines to the next appeal to subscribe.";
    SinceAuthor = "since-author", "Lines since the last author box.";
    TillAuthor = "till-author", "Lines to the next author box.";
    SinceNavigation = "since-navigation", "Lines since the last line of menus and controls.";
    TillNavigation = "till-navigation", "Lines to the next line of menus and controls.";
    SinceContact = "since-contact", "Lines since the last contact or postal address.";
    TillContact = "till-contact", "Lines to the next contact or postal address.";
    SinceAd = "since-ad", "Lines since the last label of advertising.";
    TillAd = "till-ad", "Lines to the next label of advertising.";
    SinceByline = "since-byline", "Lines since the last by-line.";
    TillByline = "till-byline", "Lines to the next by-line.";
    SinceCaption = "since-caption", "Lines since the last caption.";
    TillCaption = "till-caption", "Lines to the next caption.";
    SinceDate = "since-date", "Lines since the last short line with a date.";
    TillDate = "till-date", "Lines to the next short line with a date.";
    SinceTemplate = "since-template", "Lines since the last line that other documents have.";
    TillTemplate = "till-template", "Lines to the next line that other documents have.";
    SinceFurniture = "since-furniture", "Lines since the last line that the lists make page furniture of.";
    TillFurniture = "till-furniture", "Lines to the next line that the lists make page furniture of.";
    SinceEcho = "since-echo", "Lines since the last line that begins like another one.";
    TillEcho = "till-echo", "Lines to the next line that begins like another one.";
    Echo = "echo", "Lines of the page that begin with the same four words.";
    Echo8Before = "echo-8-before", "Of the eight lines before it, those that begin like another one.";
    Echo8After = "echo-8-after", "Of the eight lines behind it, those that begin like another one.";
    StretchMass = "stretch-mass", "Prose from the last line of furniture to the next, in tens of characters.";
    StretchShare = "stretch-share", "Prose from the last line of furniture to the next, of 100 of the page.";
    StretchMost = "stretch-most", "1 if no other stretch between lines of furniture has more prose.";
    FurniturePlace = "furniture-place", "Weight of phrases before it of 100 of the page.";
    Furniture20Before = "furniture-20-before", "Weight of phrases in the twenty lines before it.";
    Furniture20After = "furniture-20-after", "Weight of phrases in the twenty lines behind it.";
    Dated8Before = "dated-8-before", "Of the eight lines before it, those with a year, time or date.";
    Dated8After = "dated-8-after", "Of the eight lines behind it, those with a year, time or date.";
    Longest8Before = "longest-8-before", "Characters of the longest of the eight lines before it.";
    Longest8After = "longest-8-after", "Characters of the longest of the eight lines behind it.";
    Topic8Before = "topic-8-before", "Words of the topic in the eight lines before it.";
    Topic8After = "topic-8-after", "Words of the topic in the eight lines behind it.";
    Sentences8Before = "sentences-8-before", "Of the eight lines before it, those that end like a sentence.";
    Sentences8After = "sentences-8-after", "Of the eight lines behind it, those that end like a sentence.";
    Short8Before = "short-8-before", "Of the eight lines before it, those of at most four words.";
    Short8After = "short-8-after", "Of the eight lines behind it, those of at most four words.";
    Words3Before = "words-3-before", "What the known words of the three lines before it are worth.";
    Words3After = "words-3-after", "What the known words of the three lines behind it are worth.";
    Words8Before = "words-8-before", "What the known words of the eight lines before it are worth.";
    Words8After = "words-8-after", "What the known words of the eight lines behind it are worth.";
    AlikeNext = "alike-next", "Of 100 lines near, those that look like the next one.";
    AlikeLater = "alike-later", "Of 100 lines near, those that look like the one two to five lines on, whichever fits best.";
    Period = "period", "How many lines on the line stands that most lines near look like.";
    SpanDepth = "span-depth", "Lines to the nearer end of the page's best span of prose; negative outside.";
    SpanStart = "span-start", "Lines since the start of the best span of prose; negative before.";
    SpanEnd = "span-end", "Lines since the end of the best span of prose; negative before.";
}

/// Columns that are also looked at in the lines around.
pub const AROUND: &[Column] = &[
    Column::Width,
    Column::Words,
    Column::CapitalWords,
    Column::SmallWords,
    Column::EndsSentence,
    Column::Sentences,
    Column::Digits,
    Column::Phrases,
    Column::Topic,
    Column::WordMean,
    Column::Documents,
];

/// How many lines before and behind are looked at.
pub const REACH: usize = 3;
