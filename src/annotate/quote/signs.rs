//! Signs that speak for or against something, each with its weight in a logistic model.

/// Makes an enum of signs, each with the weight that was fitted to all of them together.
macro_rules! signs {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$sign_doc:meta])* $sign:ident = $weight:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$sign_doc])* $sign),* }

        impl crate::annotate::quote::signs::Weighted for $name {
            fn weight(self) -> f32 {
                match self { $(Self::$sign => $weight),* }
            }
        }
    };
}
pub(super) use signs;

/// A sign with a weight.
pub(super) trait Weighted: Copy {
    /// Returns its weight, in the natural logarithm of odds.
    fn weight(self) -> f32;
}

/// The sum of the weights of the signs that hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs(f32);

impl Signs {
    /// Adds a sign if it holds.
    pub(super) fn add(&mut self, sign: impl Weighted, holds: bool) {
        if holds {
            self.0 += sign.weight();
        }
    }

    /// Adds a sign with a strength.
    pub(super) fn add_value(&mut self, sign: impl Weighted, value: f32) {
        self.0 += sign.weight() * value;
    }

    /// Returns the sum.
    pub(super) fn weight(&self) -> f32 {
        self.0
    }
}
