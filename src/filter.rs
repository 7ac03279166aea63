//! A query as typed becomes ranked reports with match positions.
