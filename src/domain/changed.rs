/// A record, and whether the command changed it. A record that already is as requested is a
/// success with `changed: false`.
#[derive(Debug, Clone)]
pub struct Changed<R> {
    pub record: R,
    pub changed: bool,
}
