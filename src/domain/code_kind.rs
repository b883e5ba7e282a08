/// What a one-time code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum CodeKind {
    /// Proves that the user reads the email
    Verification,
    /// Logs the user in
    Authorization,
}

impl CodeKind {
    pub const ALL: [Self; 2] = [Self::Verification, Self::Authorization];

    pub fn name(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Authorization => "authorization",
        }
    }

    pub fn table(self) -> &'static str {
        match self {
            Self::Verification => "verification_codes",
            Self::Authorization => "authorization_codes",
        }
    }
}
