//! Headlines and reports to search, the same on every machine and run.
//!
//! Events are drawn, each covered by two to forty outlets that word its headline in their own way, as real coverage is.
//! Words are drawn so that a few are very common, as in prose.

const OUTLETS: &str = "Reuters|AP|CBC News|CTV News|The Globe and Mail|Toronto Star|National Post|Global News|BBC News|The Guardian|The New York Times|The Washington Post|Wall Street Journal|Bloomberg|Financial Times|CNN|NBC News|Politico|Axios|NPR|Al Jazeera|Deutsche Welle|France 24|Le Monde|La Presse|Le Devoir|Montreal Gazette|Ottawa Citizen|Vancouver Sun|Calgary Herald|Winnipeg Free Press|The Canadian Press|Nikkei Asia|The Hindu|El País|Der Spiegel|Süddeutsche Zeitung|The Irish Times|The Economist|CNBC";
const PEOPLE: &str = "Carney|Trump|Sheinbaum|LeBlanc|Joly|Poilievre|Ford|Champagne|Greer|Lutnick|Bessent|Starmer|Macron|Merz|Zelenskyy|Xi Jinping|Modi|Ishiba|Albanese|Erdoğan|Powell|Macklem|Lagarde|Sabia|Hillman|Freeland|Anand|Hoekstra|Vance|Rubio|Moe|Smith|Eby|Legault|Kinew|Rutte|Sánchez";
const PLACES: &str = "Canada|U.S.|Ottawa|Washington|Toronto|Mexico|China|Ontario|Québec|Alberta|Saskatchewan|British Columbia|Europe|Brussels|London|Japan|India|Ukraine|Brazil|São Paulo|Michigan|Detroit|Windsor|Hamilton|Montréal|Vancouver|New York|Geneva";
const TOPICS: &str = "steel tariffs|aluminum tariffs|auto tariffs|copper tariff|softwood lumber duties|counter-tariffs|CUSMA review|trade war|trade deal|trade talks|security pact|supply management|dairy quota|canola duties|rate cut|interest rates|inflation|housing starts|budget deficit|pipeline|carbon price|electric vehicles|critical minerals|border security|defence spending|ceasefire|sanctions|oil prices|wheat exports|drought|wildfires|flooding|strike vote|rail lockout|layoffs|jobs report|recession fears|Bank of Canada|Federal Reserve|Supreme Court|by-election|throne speech|cabinet shuffle|immigration levels|health transfers|chip exports|data breach|World Cup|film festival|climate summit|port expansion|forestry aid|beef imports|seafood tariffs|phone call|white smoke";
const TEMPLATES: &str = "{p} says {t} talks with {q} ‘making progress’|{p}, {q} spoke 'at length' on {t}|{p} confirms call with {q} over {t}|What we know about the {t} fight between {l} and {m}|{l} drops many {t} as {m} deal nears|{l}'s {t}: {w}|{p} warns of {t} ahead of {m} meeting|{t} rise as {w}|Analysis: why {t} matter to {l}|{l} braces for {t} after {p} threat|{p} heads to {m} for {t}|Live updates: {p} on {t}|Opinion – {l} cannot win the {t} fight|How {t} could hit {l} workers|{w}|{w}|{t} deal with {m} “not immediate,” {p} says";
const WORDS: &str = "the of to a in and that on for is said with it as was by at he has will be from have his not are an but which they who its more after been had their would about when or over also says could this were new than other there one into some all out year two people first government week minister country last time between companies economy workers most prices prime between during month president market industry group against under cabinet since because before imports business foreign percent billion leaders north american products national metal policy free early made percent measures negotiations pressure federal officials work public province border meeting statement exports growth question state office world decision report several parties plan price month goods support future agreement however provincial sector major rules largest relief costs future home likely still local senior energy families farmers plants demand production manufacturing investment strategic talks immediate relationship temporary retaliation exempt compliance quarter hearing analysts consumers supplier bilateral uncertainty diversify infrastructure confidence executive commitment unprecedented neighbours deputy ambassador resilience threshold";

/// Draws numbers; xorshift, so that no crate decides what the corpus is.
pub(crate) struct Dice(u64);

impl Dice {
    /// Returns dice that fall the same way for the same `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Picks the first ones far more often than the last.
    fn pick_common<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        from[((from.len() as f64).powf(share) as usize - 1).min(from.len() - 1)]
    }
}

/// The words that headlines and reports are made of.
pub(crate) struct Vocabulary {
    outlets: Vec<&'static str>,
    people: Vec<&'static str>,
    places: Vec<&'static str>,
    topics: Vec<&'static str>,
    templates: Vec<&'static str>,
    words: Vec<&'static str>,
}

impl Vocabulary {
    /// Returns the built-in words.
    pub(crate) fn new() -> Self {
        let split = |list: &'static str| list.split('|').collect();
        Vocabulary {
            outlets: split(OUTLETS),
            people: split(PEOPLE),
            places: split(PLACES),
            topics: split(TOPICS),
            templates: split(TEMPLATES),
            words: WORDS.split(' ').collect(),
        }
    }

    fn prose(&self, dice: &mut Dice, count: usize) -> String {
        let words: Vec<&str> = (0..count)
            .map(|_| match dice.below(12) {
                0 => dice.pick_common(&self.people),
                1 => dice.pick_common(&self.topics),
                2 => dice.pick_common(&self.places),
                _ => dice.pick_common(&self.words),
            })
            .collect();
        words.join(" ")
    }

    fn headline(&self, dice: &mut Dice, event: &Event) -> String {
        let template = if dice.below(100) < 55 {
            dice.pick(&self.templates)
        } else {
            event.template
        };
        let words = 5 + dice.below(6);
        let prose = self.prose(dice, words);
        let mut line = template
            .replace("{p}", event.person)
            .replace("{q}", event.other)
            .replace("{t}", event.topic)
            .replace("{l}", event.place)
            .replace("{m}", event.elsewhere)
            .replace("{w}", &prose);
        if dice.below(4) == 0 {
            let more = 2 + dice.below(4);
            line = format!("{line} {}", self.prose(dice, more));
        }
        line
    }

    fn event(&self, dice: &mut Dice) -> Event {
        Event {
            person: dice.pick_common(&self.people),
            other: dice.pick_common(&self.people),
            topic: dice.pick(&self.topics),
            place: dice.pick_common(&self.places),
            elsewhere: dice.pick_common(&self.places),
            template: dice.pick(&self.templates),
            left: 2 + dice.below(3) * dice.below(3) * dice.below(10),
        }
    }
}

struct Event {
    person: &'static str,
    other: &'static str,
    topic: &'static str,
    place: &'static str,
    elsewhere: &'static str,
    template: &'static str,
    /// Outlets that have still to cover it.
    left: usize,
}

/// Returns `count` lines `headline | outlet`, each at least `length` bytes long.
pub(crate) fn headlines(count: usize, length: usize) -> Vec<String> {
    let vocabulary = Vocabulary::new();
    let mut dice = Dice::new(1);
    let mut event = vocabulary.event(&mut dice);
    (0..count)
        .map(|_| {
            if event.left == 0 {
                event = vocabulary.event(&mut dice);
            }
            event.left -= 1;
            let mut line = vocabulary.headline(&mut dice, &event);
            while line.len() < length {
                line = format!("{line} {}", vocabulary.prose(&mut dice, 6));
            }
            format!("{line} | {}", dice.pick(&vocabulary.outlets))
        })
        .collect()
}

/// Returns reports of some 3,000 bytes until there are `bytes` of them, with the long tail of words that prose has.
pub(crate) fn reports(bytes: usize) -> Vec<String> {
    let common: Vec<&str> = WORDS.split(' ').collect();
    let rare: Vec<String> = (0..RARE).map(rare_word).collect();
    let mut dice = Dice::new(2);
    let mut reports = Vec::new();
    let mut size = 0;
    while size < bytes {
        let mut report = String::new();
        for word in 0..250 + dice.below(500) {
            let share = dice.below(1 << 30) as f64 / f64::from(1 << 30);
            let rank = ((common.len() + RARE) as f64).powf(share) as usize - 1;
            let drawn = common
                .get(rank)
                .copied()
                .or_else(|| rare.get(rank - common.len()).map(String::as_str));
            report.push_str(drawn.unwrap_or_default());
            report.push_str(if word % 17 == 16 { ". " } else { " " });
        }
        size += report.len();
        reports.push(report);
    }
    reports
}

/// Names and other words that stand in few reports.
const RARE: usize = 60_000;

fn rare_word(rank: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "ro", "mi", "ten", "sul", "bar", "dow", "el", "vin", "ash", "go", "pre", "lu", "st",
        "nor", "qui",
    ];
    let mut rest = rank + 16;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}
