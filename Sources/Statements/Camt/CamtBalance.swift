/// A statement's balance, `Bal`, while it is read.
struct CamtBalance {
    /// `OPBD`, `CLBD` and so on.
    var kind = ""
    var mark = ""
    var amount: CamtAmount?
}
