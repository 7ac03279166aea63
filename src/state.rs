//! What the reader did, kept between runs: read marks, places, stars.
