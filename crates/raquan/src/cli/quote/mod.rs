//! `raquan quote …`: what somebody pays and gets by the law of a day, explained for people.

mod answers;
mod career;
mod comparison;
mod page;
mod read;

use anyhow::anyhow;
use clap::{Args, Subcommand, ValueEnum};
use domain::json_faults::in_vietnamese;
use jiff::civil::Date;
use policy::calculators::{CalculatorError, DESCRIPTIONS};
use policy::compare::{CompareInput, Further};
use policy::household_hi::{ContributionInput, Group, Member};
use policy::pension::CareerPensionInput;
use policy::retirement::{EntitlementInput, Sex};
use policy::voluntary_si::{Category, MissingPeriodInput, Mode, PaymentInput, PrepaidInput};
use policy::voluntary_si::{Residence, Rules};
use policy::withdrawal::{Disease, Reason, WithdrawalInput};
use policy::{AmountVnd, Explained, Language, Law, Month, PolicyError, Trace, explained};
use serde::Serialize;
use serde_json::Value;

use self::career::{CareerArgs, PersonArgs};
use self::page::Page;
pub use self::read::date_of;
use self::read::{amount_of, birth_of, month_of, word_of};
use super::print;
use crate::api::policy::quotes;
use crate::app::policy::quote_get;
use crate::clock::Clock;

/// What can be asked. Amounts are in đồng and may be written 3.000.000; months 2025-06 or 06/2025.
#[derive(Debug, Subcommand)]
pub enum Quote {
    /// Voluntary social insurance: what is paid, what the State adds.
    VoluntarySi {
        #[command(flatten)]
        asked: Asked,
        /// Chosen income per month.
        #[arg(long, value_parser = amount_of)]
        income: AmountVnd,
        /// monthly, three-months, six-months or twelve-months.
        #[arg(long, default_value = "monthly", value_parser = word_of::<Mode>)]
        mode: Mode,
        /// Years paid ahead at once, 2 to 5, instead of a mode.
        #[arg(long, conflicts_with = "mode")]
        prepaid_years: Option<u32>,
        /// Months paid so far, to pay the months missing for a pension at once, instead of a mode.
        #[arg(long, requires = "age_reached", conflicts_with_all = ["mode", "prepaid_years"])]
        missing_after: Option<u32>,
        /// Month in which retirement age is reached, for missing months.
        #[arg(long, value_parser = month_of)]
        age_reached: Option<Month>,
        /// Of poor, island-commune, near-poor, ethnic-minority, separated by commas.
        #[arg(long, value_delimiter = ',', value_parser = word_of::<Category>)]
        categories: Vec<Category>,
        /// Months with State support before.
        #[arg(long, default_value_t = 0)]
        supported_months: u32,
        /// First month that is paid for; that of the day when not given.
        #[arg(long, value_parser = month_of)]
        first_month: Option<Month>,
        /// Code of the province, for what it adds: 01.
        #[arg(long)]
        province: Option<String>,
        /// Part of the province, where only that adds something.
        #[arg(long, requires = "province")]
        area: Option<String>,
    },
    /// Health insurance of a household.
    HouseholdHi {
        #[command(flatten)]
        asked: Asked,
        /// How many pay as members of the household.
        #[arg(long)]
        members: u32,
        /// Groups of the others, one for each person: pupil,near-poor.
        #[arg(long, value_delimiter = ',', value_parser = word_of::<Group>)]
        others: Vec<Group>,
        /// Months paid for: 3, 6 or 12.
        #[arg(long, default_value_t = 12)]
        months: u32,
        /// Members who paid earlier in the same year.
        #[arg(long, default_value_t = 0)]
        before: u32,
    },
    /// The pension of what was paid.
    Pension {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        person: PersonArgs,
        #[command(flatten)]
        career: CareerArgs,
    },
    /// The one-time withdrawal, and what it loses.
    Withdrawal {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        person: PersonArgs,
        #[command(flatten)]
        career: CareerArgs,
        /// stopped-paying, age-reached, settling-abroad, serious-disease or disability.
        #[arg(long, default_value = "stopped-paying", value_parser = word_of::<Reason>)]
        reason: Reason,
        /// For a serious disease: which.
        #[arg(long, value_parser = word_of::<Disease>)]
        disease: Option<Disease>,
        /// For disability: loss of work capacity in percent.
        #[arg(long)]
        capacity_loss: Option<u32>,
    },
    /// Withdraw now, or keep the years and retire: what each brings.
    Compare {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        person: PersonArgs,
        #[command(flatten)]
        career: CareerArgs,
        /// Income on which further months are paid; the last one when not given.
        #[arg(long, value_parser = amount_of)]
        further_income: Option<AmountVnd>,
        /// How many months are paid further; those missing for a pension when not given.
        #[arg(long, requires = "further_income")]
        further_months: Option<u32>,
        /// Ages at which both ways are added up.
        #[arg(long, value_delimiter = ',', default_value = "65,70,75,80,85")]
        ages: Vec<u8>,
    },
    /// Retirement age, and whether the months paid are enough for a pension.
    Retirement {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        person: PersonArgs,
        /// Months of voluntary social insurance.
        #[arg(long, default_value_t = 0)]
        voluntary_months: u32,
        /// Months of compulsory social insurance.
        #[arg(long, default_value_t = 0)]
        compulsory_months: u32,
        /// First month of voluntary social insurance.
        #[arg(long, value_parser = month_of)]
        joined_voluntary: Option<Month>,
        /// Last month that is or will be paid.
        #[arg(long, value_parser = month_of)]
        last_paid: Option<Month>,
    },
    /// Any calculator by its name.
    Run {
        #[command(flatten)]
        asked: Asked,
        /// Its name, see `raquan quote list`.
        calculator: String,
        /// JSON, @FILE, or - for what is piped in.
        #[arg(long)]
        input: String,
    },
    /// All calculators, each with an example of its input.
    List {
        /// How to print it.
        #[arg(long = "as", value_enum, default_value_t = Shape::Text)]
        shape: Shape,
        /// In which language.
        #[arg(long, value_enum, default_value_t = LanguageName::Vi)]
        language: LanguageName,
    },
}

/// For which day, and how it is printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct Asked {
    /// Day whose law holds, 01/7/2026 or 2026-07-01; today when not given.
    #[arg(long, value_parser = date_of)]
    on: Option<Date>,
    /// How to print it.
    #[arg(long = "as", value_enum, default_value_t = Shape::Text)]
    shape: Shape,
    /// In which language.
    #[arg(long, value_enum, default_value_t = LanguageName::Vi)]
    language: LanguageName,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Shape {
    /// The answer of the API.
    Json,
    /// For people.
    Text,
}

/// A language by its code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LanguageName {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Language {
        match name {
            LanguageName::Vi => Language::Vi,
            LanguageName::En => Language::En,
        }
    }
}

/// An answer on its way to the terminal.
struct Answering<'a> {
    law: &'a Law,
    on: Date,
    shape: Shape,
    language: Language,
}

/// Asks the law and prints.
pub fn run(command: &Quote, law: &Law, clock: &Clock) -> anyhow::Result<()> {
    let to = |asked: &Asked| Answering {
        law,
        on: asked.on.unwrap_or_else(|| clock.today()),
        shape: asked.shape,
        language: asked.language.into(),
    };
    match command {
        Quote::VoluntarySi { asked, .. } => to(asked).voluntary_si(command),
        Quote::HouseholdHi { asked, .. } => to(asked).household_hi(command),
        Quote::Pension {
            asked,
            person,
            career,
        } => to(asked).pension(person, career),
        Quote::Withdrawal { asked, .. } => to(asked).withdrawal(command),
        Quote::Compare { asked, .. } => to(asked).compare(command),
        Quote::Retirement { asked, .. } => to(asked).retirement(command),
        Quote::Run {
            asked,
            calculator,
            input,
        } => to(asked).run(calculator, input),
        Quote::List { shape, language } => list(*shape, (*language).into()),
    }
}

impl Answering<'_> {
    /// Computes, and prints the answer that `page` makes of the value.
    fn answer<T: Serialize>(
        &self,
        calculator: &str,
        formula: impl FnOnce(&mut Trace) -> Result<T, PolicyError>,
        page: impl FnOnce(&mut Page, &T),
    ) -> anyhow::Result<()> {
        let answer = explained(formula)
            .map_err(|error| anyhow!(CalculatorError::from(error).message(self.language)))?;
        match self.shape {
            Shape::Text => {
                let mut text = Page::new(self.language, self.on);
                page(&mut text, &answer.value);
                print(&text.finish(&answer))
            }
            Shape::Json => {
                let value = serde_json::to_value(&answer.value)?;
                self.print_json(calculator, &answer.map(|_| value))
            }
        }
    }

    fn print_json(&self, calculator: &str, answer: &Explained<Value>) -> anyhow::Result<()> {
        let quote = quotes::Quote::new(calculator, self.on, answer, self.language, true);
        print(&serde_json::to_string_pretty(&quote)?)
    }

    fn voluntary_si(&self, command: &Quote) -> anyhow::Result<()> {
        let Quote::VoluntarySi {
            income,
            mode,
            prepaid_years,
            missing_after,
            age_reached,
            categories,
            supported_months,
            first_month,
            province,
            area,
            ..
        } = command
        else {
            return Ok(());
        };
        let residence = province.clone().map(|province| Residence {
            province,
            area: area.clone(),
        });
        let (law, on) = (self.law, self.on);
        let rules = || Rules::at(law, on, residence.as_ref());
        let (income_vnd, supported_months) = (*income, *supported_months);
        if let Some(years) = *prepaid_years {
            let input = PrepaidInput {
                income_vnd,
                years,
                first_month: *first_month,
                categories: categories.clone().into(),
                supported_months,
                residence: residence.clone(),
            };
            return self.answer(
                "voluntary_si.prepaid",
                |trace| {
                    policy::voluntary_si::prepaid(&rules()?, &law.fund_return(on)?, &input, trace)
                },
                answers::prepaid,
            );
        }
        if let (Some(paid_months), Some(age_reached)) = (*missing_after, *age_reached) {
            let input = MissingPeriodInput {
                income_vnd,
                paid_months,
                age_reached,
                categories: categories.clone().into(),
                supported_months,
                residence: residence.clone(),
            };
            return self.answer(
                "voluntary_si.missing_period",
                |trace| {
                    let fund_return = law.fund_return(on)?;
                    policy::voluntary_si::missing_period(&rules()?, &fund_return, &input, trace)
                },
                answers::missing_period,
            );
        }
        let input = PaymentInput {
            income_vnd,
            mode: *mode,
            first_month: *first_month,
            categories: categories.clone().into(),
            supported_months,
            residence: residence.clone(),
        };
        self.answer(
            "voluntary_si.payment",
            |trace| policy::voluntary_si::payment(&rules()?, &input, trace),
            |page, payment| answers::payment(page, income_vnd, payment),
        )
    }

    fn household_hi(&self, command: &Quote) -> anyhow::Result<()> {
        let Quote::HouseholdHi {
            members,
            others,
            months,
            before,
            ..
        } = command
        else {
            return Ok(());
        };
        let in_household = (0..*members).map(|_| Member::default());
        let in_groups = others.iter().map(|group| Member {
            groups: vec![*group],
            ..Member::default()
        });
        let input = ContributionInput {
            months: *months,
            members: in_household.chain(in_groups).collect(),
            members_before: *before,
        };
        self.answer(
            "household_hi.contribution",
            |trace| {
                let rules = policy::household_hi::Rules::on(self.law, self.on)?;
                policy::household_hi::contribution(&rules, &input, trace)
            },
            answers::household,
        )
    }

    fn pension(&self, person: &PersonArgs, career: &CareerArgs) -> anyhow::Result<()> {
        let input = CareerPensionInput {
            born: person.born(self.on)?,
            sex: person.sex,
            career: career.career(self.on)?,
            starts: None,
            early_normal_age: None,
            treaty_months: 0,
        };
        self.answer(
            "pension.of_career",
            |trace| policy::pension::of_career(self.law, self.on, &input, trace),
            answers::pension,
        )
    }

    fn withdrawal(&self, command: &Quote) -> anyhow::Result<()> {
        let Quote::Withdrawal {
            person,
            career,
            reason,
            disease,
            capacity_loss,
            ..
        } = command
        else {
            return Ok(());
        };
        let input = WithdrawalInput {
            reason: *reason,
            born: Some(person.born(self.on)?),
            sex: Some(person.sex),
            disease: *disease,
            capacity_loss_percent: *capacity_loss,
            extremely_severe_disability: false,
            career: career.career(self.on)?,
            state_support_vnd: None,
            coefficients: Vec::new(),
        };
        self.answer(
            "withdrawal.loss",
            |trace| {
                let rules = policy::withdrawal::Rules::on(self.law, self.on)?;
                policy::withdrawal::loss(self.law, &rules, &input, trace)
            },
            answers::withdrawal,
        )
    }

    fn compare(&self, command: &Quote) -> anyhow::Result<()> {
        let Quote::Compare {
            person,
            career,
            further_income,
            further_months,
            ages,
            ..
        } = command
        else {
            return Ok(());
        };
        let further = further_income.map(|income_vnd| Further {
            income_vnd,
            months: *further_months,
            from: None,
            categories: career.categories(),
        });
        let input = CompareInput {
            born: person.born(self.on)?,
            sex: person.sex,
            career: career.career(self.on)?,
            reason: Reason::StoppedPaying,
            further,
            state_support_vnd: None,
            ages: ages.clone(),
        };
        self.answer(
            "compare.withdraw_or_keep",
            |trace| policy::compare::compare(self.law, self.on, &input, trace),
            |page, found| comparison::comparison(page, self.law, &input, found),
        )
    }

    fn retirement(&self, command: &Quote) -> anyhow::Result<()> {
        let Quote::Retirement {
            person,
            voluntary_months,
            compulsory_months,
            joined_voluntary,
            last_paid,
            ..
        } = command
        else {
            return Ok(());
        };
        let input = EntitlementInput {
            born: person.born(self.on)?,
            sex: person.sex,
            voluntary_months: *voluntary_months,
            compulsory_months: *compulsory_months,
            joined_voluntary: *joined_voluntary,
            last_paid: *last_paid,
            bought: None,
            capacity_loss_percent: None,
        };
        self.answer(
            "retirement.entitlement",
            |trace| {
                let rules = policy::retirement::Rules::on(self.law, self.on)?;
                policy::retirement::entitlement(&rules, &input, trace)
            },
            answers::retirement,
        )
    }

    fn run(&self, calculator: &str, input: &str) -> anyhow::Result<()> {
        let text = read::text_of(input)?;
        let input: Value = serde_json::from_str(&text).map_err(|error| {
            let why = in_vietnamese(&error.to_string());
            anyhow!("--input không phải là JSON: {why}")
        })?;
        let answer = quote_get(self.law, calculator, self.on, &input)
            .map_err(|error| anyhow!(error.message(self.language)))?;
        match self.shape {
            Shape::Json => self.print_json(calculator, &answer),
            Shape::Text => {
                let mut page = Page::new(self.language, self.on);
                answers::any(&mut page, calculator, &answer.value);
                print(&page.finish(&answer))
            }
        }
    }
}

fn list(shape: Shape, language: Language) -> anyhow::Result<()> {
    match shape {
        Shape::Json => print(&serde_json::to_string_pretty(
            &quotes::CalculatorList::all(),
        )?),
        Shape::Text => {
            let mut out = String::new();
            for one in DESCRIPTIONS {
                let title = match language {
                    Language::Vi => one.vi,
                    Language::En => one.en,
                };
                out += &format!("{:<30}{title}\n", one.name);
                out += &format!("{:<30}--on {} --input '{}'\n", "", one.on, one.example);
            }
            print(&out)
        }
    }
}
