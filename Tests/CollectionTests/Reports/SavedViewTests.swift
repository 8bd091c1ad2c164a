import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

@testable import Collection

/// What persons keep to look at again.
@Suite struct SavedViewTests {
    private static func persons(_ services: Services) async throws -> [(person: Person, id: UUID)] {
        var all: [(Person, UUID)] = []
        for name in ["Lan", "Nam"] {
            let session = try await TestPerson.session(.finance, name: name, kind: .browser, services.database)
            let caller = try await services.sessions.authenticate(session, .browser).caller
            all.append((caller.person, caller.id))
        }
        return all
    }

    @Test func `a view is its owner's to rename and delete, and opens for whoever has its address`() async throws {
        try await TestDatabase.withServices { services in
            let people = try await Self.persons(services)
            let (lan, nam) = (people[0], people[1])
            let views = services.savedViews
            let address = "/console/reports/non-cash-rates?by=channel&period=2026-11"
            let id = try await views.save("  Kênh tháng 11 ", address: address, by: lan.person, owner: lan.id)
            #expect(try await views.list(of: lan.id).map(\.name) == ["Kênh tháng 11"])
            #expect(try await views.list(of: nam.id).isEmpty)
            #expect(try await views.address(of: id) == address)
            // The same name is another person's too, but once for each.
            try await views.save("Kênh tháng 11", address: address, by: nam.person, owner: nam.id)
            await #expect {
                try await views.save("Kênh tháng 11", address: address, by: lan.person, owner: lan.id)
            } throws: {
                ($0 as? ServiceError)?.code == .conflict
            }
            for act in [
                { try await views.rename(id, to: "của tôi", by: nam.person, owner: nam.id) },
                { try await views.delete(id, by: nam.person, owner: nam.id) },
            ] { await #expect { try await act() } throws: { ($0 as? ServiceError)?.code == .notFound } }
            try await views.rename(id, to: "Kênh", by: lan.person, owner: lan.id)
            #expect(try await views.list(of: lan.id).map(\.name) == ["Kênh"])
            try await views.delete(id, by: lan.person, owner: lan.id)
            await #expect { try await views.address(of: id) } throws: { ($0 as? ServiceError)?.code == .notFound }
            let told = try await services.database.query(
                "select action from audit_entry where subject = \("saved_view:" + id.text) order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(told == ["saved_view.save", "saved_view.rename", "saved_view.delete"])
        }
    }

    @Test func `only pages of the console are kept, under names of some length, and a hundred at most`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try #require(try await Self.persons(services).first)
            let views = services.savedViews
            for (name, address) in [
                ("", "/console/cases"), ("x", "https://example.vn/"), ("x", "//example.vn/console/"),
                ("x", "/v1/cases"),
                ("x", "/console/cases?\n"), ("x", "/console/" + String(repeating: "a", count: 1500)),
                (String(repeating: "a", count: 81), "/console/cases"), ("\0", "/console/cases"),
            ] {
                await #expect { try await views.save(name, address: address, by: lan.person, owner: lan.id) } throws: {
                    ($0 as? ServiceError)?.code == .invalidBody
                }
            }
            for number in 1...SavedViews.most {
                try await views.save("\(number)", address: "/console/cases", by: lan.person, owner: lan.id)
            }
            await #expect {
                try await views.save("x", address: "/console/cases", by: lan.person, owner: lan.id)
            } throws: {
                ($0 as? ServiceError)?.code == .conflict
            }
        }
    }
}
