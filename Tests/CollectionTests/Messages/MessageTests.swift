import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// Payers who asked are told once of each thing, and nobody else is.
@Suite struct MessageTests {
    @Test func `a payment tells its payer, by each way that was asked for, and only once`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request(["email": "an@example.vn", "phone": "0912 345 678", "language": "en"])
            let silent = try await world.desk.request()
            #expect(try await world.desk.settle("FT1", 10_000, request.reference) == .settled)
            #expect(try await world.desk.settle("FT2", 10_000, silent.reference) == .settled)
            try await world.drain()
            try await world.drain()
            #expect(world.sender.told == ["paid an@example.vn"] && world.phone.told == ["paid +84912345678"])
            #expect(world.sender.sent.first?.language == .english && world.sender.sent.first?.text == "10000 0")
            #expect(try await world.states() == [.sent, .sent])
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `part payments, too much and refunds are told as they come`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 4000, request.reference) == .partial)
            try await world.drain()
            #expect(try await world.desk.settle("FT2", 3000, request.reference) == .partial)
            try await world.drain()
            #expect(try await world.desk.settle("FT3", 5000, request.reference) == .overpaid)
            try await world.drain()
            let draft = RefundDraft(
                source: .request(request.id),
                amount: Money(6000),
                reason: "not eligible",
                payee: .byHand(nil)
            )
            let told = try JSON.parse(try await world.services.refunds.request(draft, by: TestPerson.finance).body)
            let id = try #require(told["id"]?.string.flatMap { UUID(uuidString: $0) })
            _ = try await world.services.refunds.approve(id, by: TestPerson.approver)
            try await world.drain()
            #expect(world.sender.told.count == 3)
            _ = try await world.services.refunds.execute(id, by: TestPerson.finance)
            try await world.drain()
            #expect(world.sender.sent.map(\.kind) == [.partPaid, .partPaid, .tooMuch, .refunded])
            // What came and what remains; of what is too much, the excess.
            #expect(world.sender.sent.map(\.text) == ["4000 6000", "7000 3000", "12000 2000", "6000 0"])
        }
    }

    @Test func `what is no longer true when its turn comes is dropped`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 4000, request.reference) == .partial)
            #expect(try await world.desk.settle("FT2", 6000, request.reference) == .settled)
            try await world.drain()
            #expect(world.sender.told == ["paid an@example.vn"])
            #expect(try await world.states() == [.dropped, .sent])
        }
    }

    @Test func `a settlement that fails tells nobody`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 10_000, request.reference, credit: false) != .settled)
            try await world.drain()
            #expect(world.sender.sent.isEmpty)
            #expect(try await world.states().isEmpty)
        }
    }

    @Test func `what failed is tried again, what is refused is given up, what is unknown is never sent again`()
        async throws
    {
        try await MessageDesk.with { world in
            world.sender.answer(.failed("SMTP 451"), .unknown("no word"), .refused("SMTP 550"), .sent)
            for number in 0..<3 {
                let request = try await world.request(["email": .string("p\(number)@example.vn")])
                #expect(try await world.desk.settle("FT\(number)", 10_000, request.reference) == .settled)
                try await world.drain()
            }
            #expect(try await world.states() == [.waiting, .unknown, .dead])
            // Within the pause nothing happens, and far beyond it only what waits.
            try await world.drain()
            #expect(world.sender.sent.count == 3)
            try await world.drain(Instant.now().adding(seconds: 86_400))
            #expect(world.sender.told.last == "paid p0@example.vn" && world.sender.sent.count == 4)
            #expect(try await world.states() == [.sent, .unknown, .dead])
            let errors = try await world.services.messages.list().reversed().map(\.error)
            #expect(errors == [nil, "no word", "SMTP 550"])
            let signs = try await world.services.messages.signs()
            #expect(signs.dead == 1 && signs.unknown == 1 && signs.waiting == 0 && signs.lacking.isEmpty)
        }
    }

    @Test func `what a server held when it died is unknown, and another does not send it`() async throws {
        try await MessageDesk.with { world in
            let request = try await world.request()
            #expect(try await world.desk.settle("FT1", 10_000, request.reference) == .settled)
            // As a server leaves it that died in the middle.
            let now = Instant.now().adding(seconds: 60)
            _ = try await world.services.database.query(
                """
                update payer_message set state = 'sending', attempts = 1,
                    leased_until = \(now.adding(seconds: 120))::timestamptz
                """
            )
            #expect(try await world.delivery.step(now: now) == 0)
            let early = try await world.delivery.sweep(now: now)
            #expect(early.unknown == 0)
            let late = try await world.delivery.sweep(now: now.adding(seconds: 121))
            #expect(late.unknown == 1)
            try await world.drain(now.adding(seconds: 86_400))
            #expect(world.sender.sent.isEmpty)
            #expect(try await world.states() == [.unknown])
        }
    }

    @Test func `what waits for two days, or was tried forty times, is given up`() async throws {
        try await MessageDesk.with { world in
            for number in 0..<2 {
                let request = try await world.request()
                #expect(try await world.desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            let failing = RecordingSender(.failed("no connection"))
            let delivery = world.services.messageDelivery([.email: failing], composer: PlainComposer())
            var now = Instant.now().adding(seconds: 60)
            for _ in 0..<60 {
                _ = try await delivery.step(now: now)
                now = now.adding(seconds: 600)
            }
            // The pauses count from the moment of the attempt.
            #expect(failing.sent.count >= 2)
            _ = try await world.services.database.query(
                "update payer_message set attempts = 39, next_attempt_at = now()"
            )
            _ = try await delivery.step(now: now.adding(seconds: 600))
            #expect(try await world.states() == [.dead, .dead])
            let request = try await world.request(["zalo": "0912345678"])
            #expect(try await world.desk.settle("FT9", 10_000, request.reference) == .settled)
            let signs = try await MessageSigns.read(world.services.database, channels: [.email])
            #expect(signs.lacking == [.zalo])
            let swept = try await delivery.sweep(now: Instant.now().adding(seconds: 2 * 86_400 + 60))
            #expect(swept.dead == 1)
        }
    }

    @Test func `at night only e-mail of what was just paid leaves; in the morning the rest does`() async throws {
        try await MessageDesk.with(quiet: "21:00-07:00") { world in
            let request = try await world.request(["email": "an@example.vn", "zalo": "0912345678"])
            #expect(try await world.desk.settle("FT1", 10_000, request.reference) == .settled)
            // The next night after now, and the morning after that.
            let night = Instant.now().day.adding(days: 1).start.adding(seconds: 2 * 3600)
            try await world.drain(night)
            #expect(world.sender.told == ["paid an@example.vn"] && world.phone.sent.isEmpty)
            try await world.drain(night.adding(seconds: 5 * 3600))
            #expect(world.phone.told == ["paid +84912345678"])
        }
    }

    @Test func `two servers at once send each message once`() async throws {
        try await MessageDesk.with { world in
            for number in 0..<30 {
                let request = try await world.request(["email": .string("p\(number)@example.vn")])
                #expect(try await world.desk.settle("FT\(number)", 10_000, request.reference) == .settled)
            }
            let now = Instant.now().adding(seconds: 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for delivery in [world.delivery, world.delivery, world.delivery] {
                    group.addTask { while try await delivery.step(now: now) > 0 {} }
                }
                try await group.waitForAll()
            }
            #expect(world.sender.sent.count == 30 && Set(world.sender.told).count == 30)
        }
    }

    @Test func `a request that ends within a day is recalled once, if it lived long enough and is not paid`()
        async throws
    {
        try await MessageDesk.with { world in
            let (long, short, paid) = (
                try await world.request(["email": "long@example.vn"], expiresIn: 5 * 86_400),
                try await world.request(["email": "short@example.vn"], expiresIn: 86_400),
                try await world.request(["email": "paid@example.vn"], expiresIn: 5 * 86_400)
            )
            #expect(try await world.desk.settle("FT1", 10_000, paid.reference) == .settled)
            try await world.drain()
            let messages = world.services.messages
            #expect(try await messages.remind() == 0)
            let eve = long.expiresAt.adding(seconds: -20 * 3600)
            #expect(try await messages.remind(now: eve) == 1)
            #expect(try await messages.remind(now: eve.adding(seconds: 3600)) == 0)
            try await world.drain(eve)
            #expect(world.sender.told == ["paid paid@example.vn", "expires_tomorrow long@example.vn"])
            // In the last two hours nobody is.
            #expect(try await messages.remind(now: short.expiresAt.adding(seconds: -3600)) == 0)
        }
    }
}
