import FeeSchedule
public import Postgres
import Synchronization

/// The catalogue in force, held in memory: an assessment costs no round trip.
///
/// A notice from the database brings a new version; a payment request that was assessed by an old one is refused by the
/// database and assessed again, so nothing is ever priced by a catalogue that had ended.
public final class Tariff: Sendable {
    private let store: CatalogueStore
    private let held: Mutex<CatalogueInForce?> = Mutex(nil)

    public init(_ database: Database) { store = CatalogueStore(database) }

    /// The catalogue in force, loaded when it is first needed.
    public func current() async throws -> CatalogueInForce {
        if let held = held.withLock({ $0 }) { return held }
        return try await reload()
    }

    /// Reads the catalogue again.
    @discardableResult
    public func reload() async throws -> CatalogueInForce {
        let loaded = try await store.load()
        held.withLock { held in
            // Two loads at once may end in the wrong order.
            if held.map({ $0.version <= loaded.version }) ?? true { held = loaded }
        }
        return loaded
    }

    /// Forgets what is held; the next use loads.
    public func forget() { held.withLock { $0 = nil } }
}
