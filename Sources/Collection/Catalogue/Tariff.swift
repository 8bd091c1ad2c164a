import FeeSchedule
public import Postgres
import Synchronization

/// The catalogue in force, held in memory so that an assessment needs no round trip.
///
/// A signal from the database announces a new version. The database refuses a payment request that was assessed by an
/// old version, and it is assessed again, so nothing is priced by a catalogue that has ended.
public final class Tariff: Sendable {
    private let store: CatalogueStore
    private let held: Mutex<CatalogueInForce?> = Mutex(nil)

    public init(_ database: Database) { store = CatalogueStore(database) }

    /// Returns the catalogue in force, loading it when it is first needed.
    public func current() async throws -> CatalogueInForce {
        if let held = held.withLock({ $0 }) { return held }
        return try await reload()
    }

    /// Reads the catalogue again.
    @discardableResult
    public func reload() async throws -> CatalogueInForce {
        let loaded = try await store.load()
        held.withLock { held in
            // Two concurrent loads may end in the wrong order.
            if held.map({ $0.version <= loaded.version }) ?? true { held = loaded }
        }
        return loaded
    }

    /// Discards the catalogue held; the next use loads it.
    public func forget() { held.withLock { $0 = nil } }
}
