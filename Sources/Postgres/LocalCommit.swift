import CLibpq
import Glibc

/// Notices that a commit stopped waiting for its standby.
///
/// Where `synchronous_standby_names` is set, `pg_cancel_backend` and `PQcancel` end the wait of a `COMMIT`, not the commit:
/// PostgreSQL reports success, with a warning that the transaction is on this machine's disk alone (`SyncRepWaitForLSN` in
/// src/backend/replication/syncrep.c).
final class LocalCommit {
    var wasNoticed = false

    /// For `PQsetNoticeReceiver`, whose context is a `LocalCommit`. The warning has no SQLSTATE of its own and its words are
    /// translated; the routine it comes from is its only fixed name.
    static let receive: PQnoticeReceiver = { context, notice in
        guard let context, let notice,
            let routine = PQresultErrorField(notice, Int32(UInt8(ascii: "R"))),
            strcmp(routine, "SyncRepWaitForLSN") == 0
        else { return }
        Unmanaged<LocalCommit>.fromOpaque(context).takeUnretainedValue().wasNoticed = true
    }
}
