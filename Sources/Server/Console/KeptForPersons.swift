import Foundation
import Synchronization
import Values

/// What is kept on this server for a person alone: for half an hour, until it is taken out, or until newer things make room.
final class KeptForPersons<Value: Sendable>: Sendable {
    private struct Place: Hashable {
        let person: UUID
        let name: String
    }

    private struct Kept {
        let value: Value
        let at: Instant
    }

    private let lifetimeSeconds: Int64 = 30 * 60
    private let mostOfOne: Int
    private let most: Int
    private let kept = Mutex<[Place: Kept]>([:])

    /// - Parameters:
    ///   - mostOfOne: how many things are kept for one person.
    ///   - most: how many for all.
    init(mostOfOne: Int, most: Int) {
        self.mostOfOne = mostOfOne
        self.most = most
    }

    /// Keeps something under a name of the person's own.
    ///
    /// - Returns: what is kept no more: what had the name, what is too old, and the oldest where there was too much.
    func keep(_ value: Value, named name: String, of person: UUID, now: Instant = .now()) -> [Value] {
        kept.withLock { kept in
            var gone: [Value] = []
            func drop(_ place: Place) { if let old = kept.removeValue(forKey: place) { gone.append(old.value) } }
            let place = Place(person: person, name: name)
            drop(place)
            for (place, one) in kept where !isFresh(one, now) { drop(place) }
            let byAge = kept.sorted { $0.value.at < $1.value.at }.map(\.key)
            let own = byAge.filter { $0.person == person }
            for place in own.prefix(max(0, own.count + 1 - mostOfOne)) { drop(place) }
            for place in byAge where kept.count >= most { drop(place) }
            kept[place] = Kept(value: value, at: now)
            return gone
        }
    }

    /// Takes out what is kept under a name; `nil` if there is nothing, or no more.
    func take(_ name: String, of person: UUID, now: Instant = .now()) -> Value? {
        kept.withLock { kept in
            let place = Place(person: person, name: name)
            // What is too old stays for the next who keeps something, who is told that it is gone.
            guard let one = kept[place], isFresh(one, now) else { return nil }
            kept[place] = nil
            return one.value
        }
    }

    /// What is kept under a name, which stays; `nil` if there is nothing, or no more.
    func look(_ name: String, of person: UUID, now: Instant = .now()) -> Value? {
        kept.withLock { kept in
            guard let one = kept[Place(person: person, name: name)], isFresh(one, now) else { return nil }
            return one.value
        }
    }

    private func isFresh(_ one: Kept, _ now: Instant) -> Bool { one.at.adding(seconds: lifetimeSeconds) > now }
}
