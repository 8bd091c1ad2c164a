import Casework
import Foundation
import TestSupport
import Testing
import Values
import Workflow

/// When messages leave, and whether they are still true.
@Suite struct MessageRuleTests {
    private static func at(_ time: String) throws -> Instant {
        try #require(Instant("2026-11-20T\(time):00+07:00"))
    }

    @Test func `in quiet hours only what a payer waits for leaves, and by e-mail`() throws {
        let quiet = try #require(NightHours("21:00-07:00"))
        for (time, isQuiet) in [("20:59", false), ("21:00", true), ("02:30", true), ("06:59", true), ("07:00", false)] {
            let now = try Self.at(time)
            for kind in MessageKind.allCases {
                for channel in ContactChannel.allCases {
                    let isAwaited = [.paid, .partPaid, .tooMuch].contains(kind)
                    let expected = !isQuiet || (channel == .email && isAwaited)
                    #expect(
                        MessageTiming.mayLeave(kind, by: channel, at: now, quiet: quiet) == expected,
                        "\(kind) by \(channel) at \(time)"
                    )
                    #expect(MessageTiming.mayLeave(kind, by: channel, at: now, quiet: nil))
                }
            }
        }
        #expect(MessageTiming.standardQuiet == quiet)
    }

    @Test func `what is no longer true is not told`() {
        let states: [MessageKind: Set<PaymentRequestState>] = [
            .paid: [.paid, .partiallyRefunded, .refunded], .tooMuch: [.paid, .partiallyRefunded, .refunded, .expired],
            .partPaid: [.pending, .expired], .expiresTomorrow: [.pending],
            .refunded: Set(PaymentRequestState.allCases),
        ]
        for kind in MessageKind.allCases {
            for state in PaymentRequestState.allCases {
                #expect(kind.holds(in: state) == states[kind]?.contains(state), "\(kind) in \(state)")
            }
        }
    }
}
