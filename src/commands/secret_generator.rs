use crate::context::Context;
use crate::db::types::StoredSecret;
use crate::domain::{NewToken, TokenScheme};
use crate::error::{Error, Result};

/// Generates secrets of the scheme that the operator chose.
pub struct SecretGenerator(Option<TokenScheme>);

impl SecretGenerator {
    /// `option` is --token-scheme; without it, the environment decides.
    pub fn chosen(option: Option<TokenScheme>, context: &mut Context) -> Result<Self> {
        Ok(Self(match option {
            Some(scheme) => Some(scheme),
            None => context.choice("IAMCTL_TOKEN_SCHEME")?,
        }))
    }

    /// A new secret; of the scheme `default` unless the operator chose one.
    pub fn generate(&self, default: TokenScheme) -> Result<NewToken> {
        NewToken::generate(self.0.unwrap_or(default))
            .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))
    }

    /// A new secret in place of an old one; of its scheme unless the operator chose one.
    pub fn replace(&self, old: &StoredSecret) -> Result<NewToken> {
        self.generate(if old.is_verbatim() { TokenScheme::Verbatim } else { TokenScheme::Digest })
    }
}
