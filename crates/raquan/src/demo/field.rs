//! The work of the teams: conversations, and the people who signed up in them.

use std::collections::HashMap;

use domain::admin_units::Level;
use jiff::civil::{DateTime, Time};

use super::files::{ActivityText, CampaignFiles, EnrollmentsText, FieldText};
use super::places::{Places, split, unit_weights};
use super::teams::{Team, teams_of};
use super::timeline::{Timeline, Turn, between};
use super::{DemoError, system};
use crate::app::confirmations::{ConfirmationImport, ConfirmationLine, confirmation_import};
use crate::app::consultations::{
    ConsultationContent, ConsultationCreate, RecordAnswer, consultation_create_many,
};
use crate::app::enrollments::{EnrollmentCreate, enrollment_create};
use crate::app::people::{PersonCreate, person_create};

/// Outcomes of the conversations that nobody signed up in, taken in turn.
const OTHER_OUTCOMES: [&str; 5] = [
    "informed",
    "considering",
    "will_enroll",
    "informed",
    "already_enrolled",
];
/// Records are handed in at the end of each half hour.
const HANDED_IN_EVERY_MINUTES: i64 = 30;
/// Most conversations of one request.
const BATCH: usize = 500;

/// A person who signed up.
struct SignUp<'a> {
    text: &'a EnrollmentsText,
    /// Number among all who signed up, from one.
    person: usize,
    /// Number among those of the scheme, from one.
    number: usize,
}

/// Plans the conversations and sign-ups of a campaign.
pub fn load(
    files: &CampaignFiles,
    places: &Places,
    timeline: &mut Timeline,
) -> Result<(), DemoError> {
    let Some(field) = &files.activities.field else {
        return Ok(());
    };
    let mut found = files.activities.activity.iter();
    let activity = found
        .find(|activity| activity.id == field.activity)
        .ok_or_else(|| DemoError::Files(format!("there is no activity {}", field.activity)))?;
    let mut day = Day::new(files, field, activity, places)?;
    while let Some(district) = day.next_district() {
        day.conversations(district, timeline);
    }
    day.hand_in(timeline);
    day.confirmation(timeline)
}

struct Day<'a> {
    files: &'a CampaignFiles,
    field: &'a FieldText,
    teams: Vec<Team<'a>>,
    /// By district: conversations, then sign-ups for each scheme.
    counts: Vec<(usize, Vec<usize>)>,
    district: usize,
    conversations: usize,
    people: usize,
    of_scheme: Vec<usize>,
    /// Conversations waiting to be handed in, by instant and organization.
    waiting: HashMap<(DateTime, String), Vec<ConsultationCreate>>,
    /// Lines of the official list.
    official: Vec<ConfirmationLine>,
}

impl<'a> Day<'a> {
    fn new(
        files: &'a CampaignFiles,
        field: &'a FieldText,
        activity: &'a ActivityText,
        places: &Places,
    ) -> Result<Self, DemoError> {
        let districts = places.of_level(Level::District);
        let parts = |id: &str| -> Result<Vec<usize>, DemoError> {
            let total = files.total(id).map_err(DemoError::Files)?;
            let parts = split(total.value, &unit_weights(total.split, &districts));
            Ok(parts
                .into_iter()
                .map(|part| usize::try_from(part).unwrap_or(0))
                .collect())
        };
        let conversations = parts(&field.consultations)?;
        let schemes = field
            .enrollments
            .iter()
            .map(|text| parts(&text.total))
            .collect::<Result<Vec<_>, _>>()?;
        let counts = conversations
            .into_iter()
            .enumerate()
            .map(|(index, count)| (count, schemes.iter().map(|parts| parts[index]).collect()))
            .collect();
        Ok(Self {
            files,
            field,
            teams: teams_of(files, activity, places)?,
            counts,
            district: 0,
            conversations: 0,
            people: 0,
            of_scheme: vec![0; field.enrollments.len()],
            waiting: HashMap::new(),
            official: Vec::new(),
        })
    }

    fn next_district(&mut self) -> Option<usize> {
        let district = self.district;
        self.district += 1;
        (district < self.counts.len()).then_some(district)
    }

    /// The conversations of a district, its teams in turn; those who signed up spread evenly among them.
    fn conversations(&mut self, district: usize, timeline: &mut Timeline) {
        let teams: Vec<Team<'a>> = self
            .teams
            .iter()
            .filter(|team| team.district == district)
            .cloned()
            .collect();
        let (count, schemes) = self.counts[district].clone();
        let signed_up: usize = schemes.iter().sum();
        let mut order = Vec::with_capacity(signed_up);
        for (index, size) in schemes.iter().enumerate() {
            order.extend(
                (0..*size).map(|number| ((2 * number + 1) * signed_up / (2 * size), index)),
            );
        }
        order.sort_unstable();
        let mut order = order.into_iter();
        let begin = |time: &str| {
            let time: Time = time.parse().unwrap_or(Time::midnight());
            self.field.day.to_datetime(time)
        };
        let (first, last) = (begin(&self.field.first_time), begin(&self.field.last_time));
        for index in 0..count {
            self.conversations += 1;
            let team = &teams[index % teams.len()];
            let place = &team.places[(index / teams.len()) % team.places.len()];
            let started = between(first, last, index, count);
            let handed_in = handed_in(first, started);
            let is_sign_up = (index + 1) * signed_up / count > index * signed_up / count;
            let sign_up = is_sign_up
                .then(|| order.next())
                .flatten()
                .map(|(_, scheme)| {
                    self.people += 1;
                    self.of_scheme[scheme] += 1;
                    SignUp {
                        text: &self.field.enrollments[scheme],
                        person: self.people,
                        number: self.of_scheme[scheme],
                    }
                });
            let id = format!("{}-{:05}", self.field.id, self.conversations);
            if let Some(sign_up) = &sign_up {
                self.sign_up(timeline, handed_in, sign_up, team, &id);
            }
            let schemes = match &sign_up {
                Some(sign_up) => vec![sign_up.text.scheme.clone()],
                None => self
                    .field
                    .enrollments
                    .iter()
                    .map(|text| text.scheme.clone())
                    .collect(),
            };
            let outcome = match &sign_up {
                Some(_) => "enrolled",
                None => OTHER_OUTCOMES[self.conversations % OTHER_OUTCOMES.len()],
            };
            let content = ConsultationContent {
                activity_id: Some(self.field.activity.clone()),
                team_id: Some(team.id.clone()),
                organization_id: team.organization.clone(),
                admin_unit_id: team.commune.id.clone(),
                place: place.clone(),
                day: self.field.day.to_string(),
                started_at: Some(started.strftime("%Y-%m-%dT%H:%M").to_string()),
                people: 1,
                person_id: sign_up.as_ref().map(|sign_up| self.person_id(sign_up)),
                household_id: None,
                schemes,
                outcome: outcome.to_owned(),
                next_step: None,
                next_step_day: None,
                note: String::new(),
            };
            self.waiting
                .entry((handed_in, team.organization.clone()))
                .or_default()
                .push(ConsultationCreate {
                    id,
                    quotes: Vec::new(),
                    content,
                });
        }
    }

    fn person_id(&self, sign_up: &SignUp<'_>) -> String {
        format!("{}-{:04}", self.field.person_id, sign_up.person)
    }

    /// A synthetic person and the enrollment.
    fn sign_up(
        &mut self,
        timeline: &mut Timeline,
        at: DateTime,
        sign_up: &SignUp<'_>,
        team: &Team<'_>,
        consultation_id: &str,
    ) {
        let name = format!("{} {:04}", self.field.person_name, sign_up.person);
        let birth_year = 1962 + i64::try_from(sign_up.person * 7 % 42).unwrap_or(0);
        let person = PersonCreate {
            id: self.person_id(sign_up),
            household_id: None,
            admin_unit_id: team.commune.id.clone(),
            name: name.clone(),
            birth_year: Some(birth_year),
            sex: None,
            phone: None,
            national_id: None,
            consents: vec!["enrollment".into()],
            synthetic: true,
        };
        let actor = system(Some(&team.organization));
        let by = actor.clone();
        timeline.add(at, Turn::Person, person.id.clone(), move |app| {
            Box::pin(async move { person_create(app, &by, person).await.map(|_| ()) })
        });
        let text = sign_up.text;
        let enrollment = EnrollmentCreate {
            id: format!("{}-{:04}", text.id, sign_up.number),
            activity_id: Some(self.field.activity.clone()),
            team_id: Some(team.id.clone()),
            consultation_id: Some(consultation_id.to_owned()),
            person_id: Some(self.person_id(sign_up)),
            organization_id: team.organization.clone(),
            admin_unit_id: team.commune.id.clone(),
            scheme: text.scheme.clone(),
            day: self.field.day.to_string(),
            starts_on: None,
            months: Some(text.months),
            amount_vnd: Some(text.amount_vnd),
            credit: Vec::new(),
            quotes: Vec::new(),
        };
        let campaign = self.files.campaign.id.clone();
        timeline.add(at, Turn::Enrollment, enrollment.id.clone(), move |app| {
            Box::pin(async move {
                enrollment_create(app, &actor, &campaign, enrollment)
                    .await
                    .map(|_| ())
            })
        });
        let listed = self.field.confirmation.as_ref();
        if listed.is_some_and(|list| list.scheme == text.scheme) && sign_up.number % 2 == 1 {
            self.official.push(ConfirmationLine {
                scheme: text.scheme.clone(),
                national_id: None,
                name: Some(name),
                birth_year: Some(birth_year),
                admin_unit_id: Some(team.commune.id.clone()),
                starts_on: None,
                months: Some(text.months),
            });
        }
    }

    /// Hands the conversations in, in batches.
    fn hand_in(&mut self, timeline: &mut Timeline) {
        for ((at, organization), records) in self.waiting.drain() {
            let actor = system(Some(&organization));
            for batch in records.chunks(BATCH) {
                let (batch, actor) = (batch.to_vec(), actor.clone());
                let campaign = self.files.campaign.id.clone();
                let what = format!("conversations of {organization}");
                timeline.add(at, Turn::Consultation, what, move |app| {
                    Box::pin(async move {
                        let answers =
                            consultation_create_many(app, &actor, &campaign, batch).await?;
                        answers
                            .into_iter()
                            .try_for_each(|(_, answer)| match answer {
                                RecordAnswer::Accepted | RecordAnswer::AlreadyHad => Ok(()),
                                RecordAnswer::Refused(error) => Err(error),
                            })
                    })
                });
            }
        }
    }

    /// The official list: some of the claims, and lines that nobody claimed.
    fn confirmation(mut self, timeline: &mut Timeline) -> Result<(), DemoError> {
        let Some(text) = &self.field.confirmation else {
            return Ok(());
        };
        let size = |id: &str| -> Result<usize, DemoError> {
            let total = self.files.total(id).map_err(DemoError::Files)?;
            Ok(usize::try_from(total.value).unwrap_or(0))
        };
        let (confirmed, unknown) = (size(&text.confirmed)?, size(&text.unknown)?);
        if self.official.len() < confirmed {
            return Err(DemoError::Files(format!(
                "{}: only {} claims can be confirmed",
                text.id,
                self.official.len()
            )));
        }
        self.official.truncate(confirmed);
        let unclaimed: Vec<ConfirmationLine> = self
            .teams
            .iter()
            .take(unknown)
            .zip(1..)
            .map(|(team, number)| ConfirmationLine {
                scheme: text.scheme.clone(),
                national_id: None,
                name: Some(format!(
                    "{} ngoài danh sách {number:02}",
                    self.field.person_name
                )),
                birth_year: Some(1970 + number),
                admin_unit_id: Some(team.commune.id.clone()),
                starts_on: None,
                months: None,
            })
            .collect();
        self.official.extend(unclaimed);
        let input = ConfirmationImport {
            id: text.id.clone(),
            admin_unit_id: None,
            file_id: None,
            lines: self.official,
        };
        let campaign = self.files.campaign.id.clone();
        let actor = system(Some(&self.files.campaign.organization));
        let at = text.day.at(10, 0, 0, 0);
        timeline.add(at, Turn::Confirmation, text.id.clone(), move |app| {
            Box::pin(async move {
                confirmation_import(app, &actor, &campaign, input)
                    .await
                    .map(|_| ())
            })
        });
        Ok(())
    }
}

/// The end of the half hour, counted from the first conversation, in which one began.
fn handed_in(first: DateTime, started: DateTime) -> DateTime {
    let minutes = first.duration_until(started).as_secs() / 60;
    let end = (minutes / HANDED_IN_EVERY_MINUTES + 1) * HANDED_IN_EVERY_MINUTES;
    first
        .checked_add(jiff::SignedDuration::from_mins(end))
        .unwrap_or(started)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn records_are_handed_in_at_the_end_of_their_half_hour() {
        let at = |hour, minute| date(2022, 5, 8).at(hour, minute, 0, 0);
        assert_eq!(handed_in(at(8, 30), at(8, 30)), at(9, 0));
        assert_eq!(handed_in(at(8, 30), at(8, 59)), at(9, 0));
        assert_eq!(handed_in(at(8, 30), at(9, 0)), at(9, 30));
        assert_eq!(handed_in(at(8, 30), at(17, 0)), at(17, 30));
    }
}
