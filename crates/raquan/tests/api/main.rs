//! The API, in process through the router: stories per role and the authorisation of every operation.

mod authorization;
mod figures;
mod organizations;
mod sessions;
mod support;
