use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::rngs::SysError;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::code::{Code, random};
use super::secret::Secret;

/// The plaintext of an API token: `iam_`, 32 random bytes as 43 base62 digits, and the CRC32 of
/// these digits as 6 base62 digits.
#[derive(Debug, Clone)]
struct Token(Secret);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    #[error("that is not an API token: a token begins with `iam_`, or is a code of 44 characters")]
    NotAToken,
    #[error("the token is mistyped: it has {found} characters and should have 53")]
    Length { found: usize },
    #[error("the token is mistyped: only letters and digits may follow `iam_`")]
    Alphabet,
    #[error("the token is mistyped: its checksum is wrong")]
    Checksum,
}

const PREFIX: &str = "iam_";
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_DIGITS: usize = 43;
const CHECK_DIGITS: usize = 6;
const LENGTH: usize = PREFIX.len() + RANDOM_DIGITS + CHECK_DIGITS;

impl Token {
    /// Fails only if the operating system provides no random bytes.
    pub fn generate() -> Result<Self, SysError> {
        Ok(Self::from_bytes(&*random()?))
    }

    fn from_bytes(bytes: &[u8; 32]) -> Self {
        let digits = base62(bytes.as_slice(), RANDOM_DIGITS);
        let check = base62(&crc32fast::hash(digits.as_bytes()).to_be_bytes(), CHECK_DIGITS);
        Self(Secret::new(format!("{PREFIX}{}{}", *digits, *check)))
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The stored form: the SHA-256 of the whole plaintext as 43 base64 digits, and a `.` in place
    /// of the padding. No plaintext contains a `.`, so a stolen digest is not accepted as a token.
    pub fn digest(&self) -> Secret {
        let digits = STANDARD_NO_PAD.encode(Sha256::digest(self.expose()));
        Secret::new(format!("{digits}."))
    }
}

impl FromStr for Token {
    type Err = InvalidToken;

    /// Rejects a mistyped token without a database. No error repeats the token.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix(PREFIX).ok_or(InvalidToken::NotAToken)?;
        let found = text.chars().count();
        if found != LENGTH {
            return Err(InvalidToken::Length { found });
        }
        if !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(InvalidToken::Alphabet);
        }
        let (digits, check) = rest.split_at(RANDOM_DIGITS);
        let expected = base62(&crc32fast::hash(digits.as_bytes()).to_be_bytes(), CHECK_DIGITS);
        if *expected == check { Ok(Self(Secret::new(text))) } else { Err(InvalidToken::Checksum) }
    }
}

/// The big-endian number in `bytes` as `count` base62 digits, by long division.
fn base62(bytes: &[u8], count: usize) -> Zeroizing<String> {
    let mut number = Zeroizing::new(bytes.to_vec());
    let mut digits = Zeroizing::new(vec![b'0'; count]);
    for digit in digits.iter_mut().rev() {
        let mut remainder = 0;
        for byte in number.iter_mut() {
            let value = remainder * 256 + usize::from(*byte);
            // Below 256, as `remainder` is below 62.
            *byte = u8::try_from(value / 62).unwrap_or(u8::MAX);
            remainder = value % 62;
        }
        *digit = DIGITS[remainder];
    }
    Zeroizing::new(digits.iter().map(|&digit| char::from(digit)).collect())
}

/// How the service looks up tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TokenScheme {
    /// `iam_…`, of which the database keeps a digest
    #[default]
    Digest,
    /// 44 characters, stored as they are, for a service that looks tokens up like codes
    Verbatim,
}

/// A new token: its plaintext, and the form that the database stores.
#[derive(Debug, Clone)]
pub struct NewToken {
    plaintext: Secret,
    stored: Secret,
}

impl NewToken {
    /// Fails only if the operating system provides no random bytes.
    pub fn generate(scheme: TokenScheme) -> Result<Self, SysError> {
        loop {
            let new = match scheme {
                TokenScheme::Digest => {
                    let token = Token::generate()?;
                    Self { stored: token.digest(), plaintext: token.0 }
                }
                TokenScheme::Verbatim => {
                    let plaintext = Secret::new(Code::generate()?.expose());
                    Self { stored: plaintext.clone(), plaintext }
                }
            };
            // The id of such a token would begin with `-`, like an option.
            if !new.stored.expose().starts_with('+') {
                return Ok(new);
            }
        }
    }

    pub fn plaintext(&self) -> &Secret {
        &self.plaintext
    }

    pub fn stored(&self) -> &Secret {
        &self.stored
    }
}

/// The stored form of a token that was given as plaintext: the digest of an `iam_…` token, or a
/// 44-character code as it is. A digest read from the database is not accepted as plaintext.
#[derive(Debug, Clone)]
pub struct TokenValue(Secret);

impl TokenValue {
    pub fn scheme(&self) -> TokenScheme {
        if self.0.expose().ends_with('.') { TokenScheme::Digest } else { TokenScheme::Verbatim }
    }

    /// The stored form. It ends in `.` or `=`, so it matches only rows of its own scheme.
    pub fn stored(&self) -> &str {
        self.0.expose()
    }
}

impl FromStr for TokenValue {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if Code::is_shape_of(text) {
            Ok(Self(Secret::new(text)))
        } else {
            Ok(Self(text.parse::<Token>()?.digest()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidToken, Token, TokenValue};

    /// The expected values were computed with Python's zlib, hashlib and int.
    #[test]
    fn known_answers() {
        let bytes = std::array::from_fn(|index| u8::try_from(index).unwrap_or(u8::MAX));
        let token = Token::from_bytes(&bytes);
        assert_eq!(token.expose(), "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP");
        assert_eq!(token.digest().expose(), "iDsEsZ7eKpwLgUXkkX5D1qTfpG2Gw1xJZXwTcechYhE.");
        let most = Token::from_bytes(&[0xff; 32]);
        assert_eq!(most.expose(), "iam_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp13sRzl1");
    }

    #[test]
    fn a_mistyped_token_is_rejected() -> Result<(), Box<dyn std::error::Error>> {
        for _ in 0..50 {
            let token = Token::generate()?;
            assert!(token.expose().parse::<Token>().is_ok());
            let mut typo = token.expose().to_owned().into_bytes();
            typo[20] = if typo[20] == b'x' { b'y' } else { b'x' };
            let typo = String::from_utf8(typo)?;
            assert_eq!(typo.parse::<Token>().unwrap_err(), InvalidToken::Checksum);
        }
        assert_eq!("iam_abc".parse::<Token>().unwrap_err(), InvalidToken::Length { found: 7 });
        Ok(())
    }

    #[test]
    fn a_digest_is_not_accepted_as_a_token() -> Result<(), Box<dyn std::error::Error>> {
        let token = Token::generate()?;
        let digest = token.digest();
        assert_eq!(digest.expose().len(), 44);
        assert!(digest.expose().parse::<TokenValue>().is_err());
        let value: TokenValue = token.expose().parse()?;
        assert_eq!(value.stored(), digest.expose());
        Ok(())
    }
}
