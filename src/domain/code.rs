use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use rand::TryRng as _;
use rand::rngs::{SysError, SysRng};
use zeroize::Zeroizing;

use super::secret::Secret;

/// A one-time code: 32 random bytes in standard padded base64, 44 characters. The service stores
/// and looks up exactly this text.
#[derive(Debug, Clone)]
pub struct Code(Secret);

impl Code {
    /// Fails only if the operating system provides no random bytes.
    pub fn generate() -> Result<Self, SysError> {
        Ok(Self(Secret::new(STANDARD.encode(random()?.as_slice()))))
    }

    /// Whether the text has the format of a code.
    pub fn is_shape_of(text: &str) -> bool {
        text.len() == 44
            && text.ends_with('=')
            && STANDARD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The form that the service expects in a link: the 44 characters, encoded again in padded
    /// URL-safe base64.
    pub fn url_form(&self) -> Secret {
        Secret::new(URL_SAFE.encode(self.expose()))
    }
}

/// 32 random bytes from the operating system.
pub fn random() -> Result<Zeroizing<[u8; 32]>, SysError> {
    let mut bytes = Zeroizing::new([0; 32]);
    SysRng.try_fill_bytes(bytes.as_mut_slice())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Code, URL_SAFE};
    use base64::Engine as _;

    #[test]
    fn shape_of_a_code() -> Result<(), Box<dyn std::error::Error>> {
        let code = Code::generate()?;
        assert_eq!(code.expose().len(), 44);
        assert!(code.expose().ends_with('='));
        let decoded = URL_SAFE.decode(code.url_form().expose());
        assert_eq!(decoded.as_deref(), Ok(code.expose().as_bytes()));
        assert_ne!(code.expose(), Code::generate()?.expose());
        assert_eq!(format!("{code:?}"), "Code(Secret(…))");
        Ok(())
    }
}
