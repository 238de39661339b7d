//! The program: doors (HTTP, files, command line), use cases, the embedded web app.

pub mod api;
pub mod app;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod import;
pub mod serve;
