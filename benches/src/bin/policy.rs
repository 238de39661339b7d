//! The law as code: an explained quote, and batches of a million people, beside the same rules in OpenFisca.
//!
//! `policy [--people N] [--runs N] [--openfisca-people N] [--no-openfisca]`. OpenFisca gets the same people, written to files, and
//! its answers are compared with those here, every one.

use std::error::Error;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use benches::folder::Folder;
use benches::{
    Dice, Spread, load_average, machine_line, measure, measure_parts, print_head, print_note,
    print_row, shown,
};
use clap::Parser;
use jiff::civil::{Date, date};
use policy::household_hi::{self, Form, Group};
use policy::pension::{self, BatchCareer, BatchRules};
use policy::person::Scheme;
use policy::retirement::Sex;
use policy::voluntary_si::{self, Categories, Category, Mode, PaymentAmounts, PaymentColumns};
use policy::{AmountVnd, Language, Law, Month, calculators};

/// The day of all payments.
const ON: Date = date(2026, 7, 1);
const HI_MONTHS: u32 = 12;

/// How much is measured.
#[derive(Parser)]
struct Size {
    #[arg(long, default_value_t = 1_000_000)]
    people: usize,
    #[arg(long, default_value_t = 20)]
    runs: usize,
    /// OpenFisca gets the first so many people.
    #[arg(long, default_value_t = 1_000_000)]
    openfisca_people: usize,
    #[arg(long)]
    no_openfisca: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let size = Size::parse();
    println!("{}; load {} at the start\n", machine_line(), load_average());
    print_head();
    measure_quotes();
    let voluntary_si = VoluntarySi::roll(size.people);
    let household_hi = HouseholdHi::roll(size.people);
    let ours = [
        measure_voluntary_si(&voluntary_si, size.runs),
        measure_pensions(size.people, size.runs),
        measure_household_hi(&household_hi, size.runs),
    ];
    if !size.no_openfisca {
        let folder = Folder::new()?;
        let people = size.openfisca_people.min(size.people);
        voluntary_si.first(people).write(folder.path())?;
        write_careers(people, folder.path())?;
        household_hi.first(people).write(folder.path())?;
        race(folder.path(), &ours, size.people, size.runs)?;
    }
    Ok(())
}

/// One person, from JSON to the explanation in words.
fn measure_quotes() {
    let law = Law::embedded();
    let quotes = [
        (
            "voluntary_si.payment",
            serde_json::json!({ "income_vnd": 3_000_000, "mode": "twelve_months", "categories": ["near_poor"] }),
        ),
        (
            "household_hi.contribution",
            serde_json::json!({ "months": 12, "members": [{}, {}, { "groups": ["pupil"] }, {}] }),
        ),
    ];
    for (name, input) in quotes {
        let calculator = calculators::find(name).expect("the calculator is there");
        let quote = || calculator(law, ON, black_box(&input)).expect("the law gives an answer");
        let spread = measure(20_000, |_| {
            black_box(quote());
        });
        print_row(&format!("quote with its steps: {name}"), &spread);
        let spread = measure(20_000, |_| {
            let quote = quote();
            black_box(
                serde_json::to_string(&quote.explanation(Language::Vi)).expect("plain structs"),
            );
        });
        print_row(
            &format!("the same, explained in words as JSON: {name}"),
            &spread,
        );
    }
}

/// Choices of people who pay voluntary social insurance.
struct VoluntarySi {
    incomes: Vec<AmountVnd>,
    modes: Vec<Mode>,
    categories: Vec<Categories>,
    category_bits: Vec<u8>,
    supported_months: Vec<u32>,
}

const MODES: [(Mode, u8); 4] = [
    (Mode::Monthly, 1),
    (Mode::ThreeMonths, 3),
    (Mode::SixMonths, 6),
    (Mode::TwelveMonths, 12),
];

impl VoluntarySi {
    fn roll(count: usize) -> VoluntarySi {
        let mut dice = Dice::new(1);
        let mut rolled = VoluntarySi {
            incomes: Vec::with_capacity(count),
            modes: Vec::with_capacity(count),
            categories: Vec::with_capacity(count),
            category_bits: Vec::with_capacity(count),
            supported_months: Vec::with_capacity(count),
        };
        let rules = voluntary_si::Rules::on(Law::embedded(), ON).expect("the day has its law");
        let (floor, ceiling) = (rules.poverty_line.value.0, rules.ceiling.0);
        for _ in 0..count {
            let above = dice.below((ceiling - floor + 1) as usize) as i64;
            rolled.incomes.push(AmountVnd(floor + above));
            rolled.modes.push(MODES[dice.below(4)].0);
            // Most people are in no category, some in several.
            let bits = if dice.below(2) == 0 {
                0
            } else {
                dice.below(16) as u8
            };
            let categories = Category::ALL.into_iter().take(4).enumerate();
            let chosen = categories.filter(|(at, _)| bits >> at & 1 == 1);
            rolled.categories.push(
                chosen
                    .map(|(_, category)| category)
                    .collect::<Vec<_>>()
                    .into(),
            );
            rolled.category_bits.push(bits);
            rolled.supported_months.push(dice.below(121) as u32);
        }
        rolled
    }

    fn first(&self, count: usize) -> VoluntarySi {
        VoluntarySi {
            incomes: self.incomes[..count].to_vec(),
            modes: self.modes[..count].to_vec(),
            categories: self.categories[..count].to_vec(),
            category_bits: self.category_bits[..count].to_vec(),
            supported_months: self.supported_months[..count].to_vec(),
        }
    }

    fn write(&self, folder: &Path) -> std::io::Result<()> {
        let months = |mode: &Mode| {
            let known = MODES.iter().find(|(known, _)| known == mode);
            known.map_or(0, |(_, months)| *months)
        };
        write(
            folder,
            "si_income",
            self.incomes.iter().flat_map(|one| one.0.to_le_bytes()),
        )?;
        write(folder, "si_months", self.modes.iter().map(months))?;
        write(folder, "si_categories", self.category_bits.iter().copied())?;
        let had = self.supported_months.iter();
        write(
            folder,
            "si_supported_months",
            had.flat_map(|one| one.to_le_bytes()),
        )
    }
}

/// Months that each career has, all paid, up to the month before [`ON`].
const CAREER_MONTHS: usize = 360;
/// So many careers are in memory at once: too many for the caches of a processor.
const CAREERS_AT_ONCE: usize = 65_536;

/// Month of the first income of all careers.
fn first_month() -> Month {
    Month::of(ON).plus(-(CAREER_MONTHS as i32))
}

/// A career that follows from the person's number, so that no million of them needs to be kept.
struct RolledCareer {
    sex: Sex,
    first_income: i64,
    raise: i64,
    dice: Dice,
}

impl RolledCareer {
    fn of(person: usize) -> RolledCareer {
        let mut dice = Dice::new((1 << 40) + ((person as u64) << 16));
        RolledCareer {
            sex: Sex::ALL[dice.below(2)],
            first_income: 700_000 + dice.below(5_000_000) as i64,
            raise: dice.below(300_000) as i64,
            dice,
        }
    }

    /// The incomes in order: a raise each year and something odd each month.
    fn incomes(mut self) -> impl Iterator<Item = i64> {
        (0..CAREER_MONTHS).map(move |at| {
            let odd = self.dice.below(10_000) as i64;
            self.first_income + self.raise * (at / 12) as i64 + odd
        })
    }
}

/// Some careers one after the other.
struct Careers {
    first_person: usize,
    sexes: Vec<Sex>,
    incomes: Vec<u32>,
}

impl Careers {
    fn roll(people: std::ops::Range<usize>) -> Careers {
        let mut rolled = Careers {
            first_person: people.start,
            sexes: Vec::with_capacity(people.len()),
            incomes: Vec::with_capacity(people.len() * CAREER_MONTHS),
        };
        for person in people {
            let career = RolledCareer::of(person);
            rolled.sexes.push(career.sex);
            let incomes = career
                .incomes()
                .map(|income| u32::try_from(income).expect("rolled far below"));
            rolled.incomes.extend(incomes);
        }
        rolled
    }

    /// Those of a part of all people.
    fn part(at: usize, people: usize) -> Careers {
        let first = at * CAREERS_AT_ONCE;
        Careers::roll(first..(first + CAREERS_AT_ONCE).min(people))
    }
}

/// Writes careers for OpenFisca, which wants the incomes of all people for one month after the other.
fn write_careers(people: usize, folder: &Path) -> std::io::Result<()> {
    let careers = (0..people).map(RolledCareer::of);
    write(
        folder,
        "pension_is_woman",
        careers.map(|career| u8::from(career.sex == Sex::Woman)),
    )?;
    let months = 0..CAREER_MONTHS;
    let mut by_month: Vec<Vec<u8>> = months.map(|_| Vec::with_capacity(people * 4)).collect();
    for person in 0..people {
        for (month, income) in by_month.iter_mut().zip(RolledCareer::of(person).incomes()) {
            let income = i32::try_from(income).expect("rolled far below");
            month.extend(income.to_le_bytes());
        }
    }
    let mut file = BufWriter::new(std::fs::File::create(folder.join("pension_incomes.in"))?);
    for month in by_month {
        file.write_all(&month)?;
    }
    file.flush()
}

/// How people of households pay for health insurance.
struct HouseholdHi {
    sizes: Vec<u8>,
    form_codes: Vec<u8>,
    forms: Vec<Form>,
}

/// Names for OpenFisca, and what they are here.
const FORMS: [(&str, Option<Group>); 6] = [
    ("household", None),
    ("budget_paid", Some(Group::BudgetPaid)),
    ("near_poor", Some(Group::NearPoor)),
    ("pupil", Some(Group::Pupil)),
    (
        "average_living_standard",
        Some(Group::AverageLivingStandard),
    ),
    ("insured_elsewhere", Some(Group::InsuredElsewhere)),
];
const HOUSEHOLD_SIZE: usize = 4;

impl HouseholdHi {
    /// So many people in households of four; half of them pay as members of the household.
    fn roll(count: usize) -> HouseholdHi {
        let mut dice = Dice::new(2);
        let households = count / HOUSEHOLD_SIZE;
        let mut code = || {
            if dice.below(2) == 0 {
                return 0;
            }
            dice.below(FORMS.len()) as u8
        };
        let form_codes: Vec<u8> = (0..households * HOUSEHOLD_SIZE).map(|_| code()).collect();
        HouseholdHi {
            sizes: vec![HOUSEHOLD_SIZE as u8; households],
            forms: form_codes
                .iter()
                .map(|code| Form::from(FORMS[usize::from(*code)].1))
                .collect(),
            form_codes,
        }
    }

    fn first(&self, count: usize) -> HouseholdHi {
        let households = count / HOUSEHOLD_SIZE;
        let people = households * HOUSEHOLD_SIZE;
        HouseholdHi {
            sizes: self.sizes[..households].to_vec(),
            form_codes: self.form_codes[..people].to_vec(),
            forms: self.forms[..people].to_vec(),
        }
    }

    fn write(&self, folder: &Path) -> std::io::Result<()> {
        write(folder, "hi_sizes", self.sizes.iter().copied())?;
        write(folder, "hi_forms", self.form_codes.iter().copied())
    }
}

fn write(folder: &Path, name: &str, bytes: impl Iterator<Item = u8>) -> std::io::Result<()> {
    std::fs::write(
        folder.join(format!("{name}.in")),
        bytes.collect::<Vec<u8>>(),
    )
}

/// A rule as measured here, and its answers by the names of OpenFisca's variables.
struct Ours {
    rule: &'static str,
    title: &'static str,
    /// In one run.
    people: usize,
    spread: Spread,
    answers: Vec<(&'static str, Vec<AmountVnd>)>,
}

impl Ours {
    /// What one person takes of a processor, in nanoseconds.
    fn per_person_nanos(&self) -> f64 {
        let run = self.spread.processor().unwrap_or(self.spread.median());
        run.as_nanos() as f64 / self.people.max(1) as f64
    }

    fn print(&self) {
        print_row(self.title, &self.spread);
        let nanos = self.spread.median().as_nanos() as f64 / self.people.max(1) as f64;
        let per_second = 1e3 / nanos;
        print_note(
            "that is",
            &format!("{nanos:.1} ns a person, {per_second:.1} million people a second and core"),
        );
    }
}

fn measure_voluntary_si(people: &VoluntarySi, runs: usize) -> Ours {
    let count = people.incomes.len();
    let mut contributions = vec![AmountVnd::ZERO; count];
    let (mut state, mut payer) = (contributions.clone(), contributions.clone());
    let spread = measure(runs, |_| {
        let rules = voluntary_si::Rules::on(Law::embedded(), ON).expect("the day has its law");
        let columns = PaymentColumns {
            incomes: black_box(&people.incomes),
            modes: &people.modes,
            categories: &people.categories,
            supported_months: &people.supported_months,
        };
        let amounts = PaymentAmounts {
            contributions: &mut contributions,
            state: &mut state,
            payer: &mut payer,
        };
        voluntary_si::payments(&rules, columns, amounts).expect("all incomes may be chosen");
    });
    let ours = Ours {
        rule: "voluntary_si",
        title: "(a) voluntary contribution and support, all people",
        people: count,
        spread,
        answers: vec![
            ("si_contribution", contributions),
            ("si_support", state),
            ("si_payer", payer),
        ],
    };
    ours.print();
    ours
}

fn measure_pensions(people: usize, runs: usize) -> Ours {
    let mut averages = vec![AmountVnd::ZERO; people];
    let mut pensions = averages.clone();
    let spread = measure_parts(
        runs,
        people.div_ceil(CAREERS_AT_ONCE),
        |at| Careers::part(at, people),
        |_, careers| {
            let rules = pension::Rules::on(Law::embedded(), ON).expect("the day has its law");
            let batch = BatchRules::new(&rules).expect("the year has its coefficients");
            let incomes = black_box(&careers.incomes).chunks_exact(CAREER_MONTHS);
            for (at, (incomes, sex)) in incomes.zip(&careers.sexes).enumerate() {
                // Voluntary SI began in 2008: a career of thirty years is compulsory, by the same rule.
                let career = BatchCareer {
                    sex: *sex,
                    first_month: first_month(),
                    scheme: Scheme::CompulsorySi,
                    incomes,
                };
                let found =
                    pension::pension_of_incomes(&batch, &career).expect("all years are known");
                averages[careers.first_person + at] = found.average_vnd;
                pensions[careers.first_person + at] = found.pension_vnd;
            }
        },
    );
    let ours = Ours {
        rule: "pension",
        title: "(b) pension of a career of 360 months, all people",
        people,
        spread,
        answers: vec![("pension_average", averages), ("pension", pensions)],
    };
    ours.print();
    ours
}

fn measure_household_hi(people: &HouseholdHi, runs: usize) -> Ours {
    let mut payer = vec![AmountVnd::ZERO; people.sizes.len()];
    let mut state = payer.clone();
    let spread = measure(runs, |_| {
        let rules = household_hi::Rules::on(Law::embedded(), ON).expect("the day has its law");
        let (sizes, forms) = (black_box(&people.sizes), black_box(&people.forms));
        household_hi::contributions(&rules, HI_MONTHS, sizes, forms, &mut payer, &mut state)
            .expect("all groups are known");
    });
    let ours = Ours {
        rule: "household_hi",
        title: "(c) health insurance of households of four, all people",
        people: people.forms.len(),
        spread,
        answers: vec![("household_hi_payer", payer), ("household_hi_state", state)],
    };
    ours.print();
    ours
}

/// Lets OpenFisca compute the same people and compares.
fn race(folder: &Path, ours: &[Ours], people: usize, runs: usize) -> Result<(), Box<dyn Error>> {
    let names: Vec<&str> = FORMS.iter().map(|(name, _)| *name).collect();
    let meta = serde_json::json!({
        "month": format!("{:04}-{:02}", ON.year(), ON.month()), "runs": runs.clamp(1, 5),
        "hi_forms": names, "hi_months": HI_MONTHS,
        "pension_first_month": i32::from(first_month().year()) * 12 + i32::from(first_month().month()) - 1,
    });
    std::fs::write(folder.join("meta.json"), meta.to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/openfisca/run");
    let rules = ours.iter().map(|ours| ours.rule);
    let output = Command::new(&script).arg(folder).args(rules).output()?;
    if !output.status.success() {
        return Err(format!(
            "{}: {}",
            script.display(),
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    println!(
        "\n| rule | OpenFisca: people | building | calculating | ns a person, both | here, ns a person | ratio, calculating only | ratio, both | answers that agree |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut all_agree = true;
    for line in String::from_utf8(output.stdout)?.lines() {
        let theirs: serde_json::Value = serde_json::from_str(line)?;
        let ours = ours
            .iter()
            .find(|ours| theirs["rule"] == ours.rule)
            .ok_or("OpenFisca names another rule")?;
        let seconds = |key: &str| Duration::from_secs_f64(theirs[key].as_f64().unwrap_or(0.0));
        let count = theirs["people"].as_u64().unwrap_or(1) as f64;
        let per_person = |time: Duration| time.as_nanos() as f64 / count;
        // Processor time on both sides: the machine may be shared.
        let (built, calculated) = (
            seconds("build_processor_s"),
            seconds("calculate_processor_s"),
        );
        let own = ours.per_person_nanos();
        let (agree, compared) = agreement(folder, ours)?;
        all_agree &= agree == compared;
        println!(
            "| {} | {count} | {} | {} | {:.1} | {own:.1} | {:.0} | {:.0} | {agree} of {compared} |",
            ours.title,
            shown(built),
            shown(calculated),
            per_person(built + calculated),
            per_person(calculated) / own,
            per_person(built + calculated) / own,
        );
    }
    println!(
        "\nTimes are processor times; OpenFisca runs on one thread with {people} people at most."
    );
    if all_agree {
        return Ok(());
    }
    Err("not all answers agree".into())
}

/// For how many people, or households, all of OpenFisca's answers are ours.
fn agreement(folder: &Path, ours: &Ours) -> Result<(usize, usize), Box<dyn Error>> {
    let mut agree: Vec<bool> = Vec::new();
    for (name, answers) in &ours.answers {
        let bytes = std::fs::read(folder.join(format!("{name}.out")))?;
        let theirs = bytes.chunks_exact(8);
        agree.resize(theirs.len(), true);
        for ((agree, theirs), own) in agree.iter_mut().zip(theirs).zip(answers) {
            let theirs: [u8; 8] = theirs.try_into()?;
            *agree &= i64::from_le_bytes(theirs) == own.0;
        }
    }
    Ok((agree.iter().filter(|agree| **agree).count(), agree.len()))
}
