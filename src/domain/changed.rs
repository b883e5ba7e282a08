/// A record, and whether the command changed it: already so is success (contract 2).
#[derive(Debug, Clone)]
pub struct Changed<R> {
    pub record: R,
    pub changed: bool,
}
