import Testing

/// A callback that comes after its statement line.
@Suite struct LineCameFirstTests {
    @Test func `money of a line in suspense pays what its callback says`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000
            suspense A                  -> 10000
            notice T1 10000 R1 bank FT1 -> settled paid_from_line applied 10000 remaining 0 paid from L7
            suspense A                  -> 0
            state R1                    -> paid received 10000 remaining 0 paid-at 21T10:00:00
            """
        )
    }

    @Test func `it may be a part`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 4000
            notice T1 4000 R1 bank FT1 -> partial paid_from_line applied 4000 remaining 6000 from L7 opens underpaid 6000
            notice T2 6000 R1          -> settled paid_in_full applied 6000 remaining 0 paid ends underpaid
            """
        )
    }

    @Test func `it pays once, whoever reports the transfer`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 4000
            notice T1 4000 R1 by 1 bank FT1   -> partial paid_from_line applied 4000 remaining 6000 from L7 opens underpaid 6000
            + notice T2 4000 R1 by 2 bank FT1 -> duplicate transfer_counted as N1
            notice T3 4000 R1 by 3 bank FT1   -> duplicate transfer_counted as N1
            suspense A                        -> 0
            """
        )
    }

    @Test func `an expired request is paid within its grace while its price holds`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T08:00
            request R2 due 10000 expires 21T08:00
            price R2 until 20
            line L7 FT1 10000
            line L8 FT2 10000
            notice T1 10000 R1 bank FT1 -> settled paid_from_line applied 10000 remaining 0 paid from L7 priced 21
            notice T2 10000 R2 bank FT2 -> duplicate line_decided priced 21
            suspense A                  -> 10000
            """
        )
    }

    @Test(
        arguments: [
            ("a person used a part of it", "line L7 FT1 10000 rest 9999", "R1"),
            ("a person used all of it", "line L7 FT1 10000 rest 0", "R1"),
            ("no request is named", "line L7 FT1 10000", "-"),
            ("the request is unknown", "line L7 FT1 10000", "R9"),
            ("the request is cancelled", "line L7 FT1 10000", "R2"),
            ("the request is paid", "line L7 FT1 10000", "R3"),
            ("more than remains", "line L7 FT1 10000", "R4"),
            ("the request collects on another account", "line L7 FT1 10000", "R5"),
            ("beyond the grace period", "line L7 FT1 10000", "R6"),
        ]
    )
    func `money that does not fit as a whole stays a person's`(_ why: String, _ line: String, _ reference: String)
        throws
    {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            cancel R2
            request R3 due 500
            notice P1 500 R3 -> settled paid_in_full applied 500 remaining 0 paid
            request R4 due 9999
            request R5 due 10000 on B
            request R6 due 10000 expires 20T09:59:59
            \(line)
            notice T1 10000 \(reference) bank FT1 -> duplicate line_decided
            cases                                 -> none
            """
        )
    }

    @Test func `what remains of a refunded part is asked, not what was received`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice P1 4000 R1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            refund R1 4000
            line L7 FT1 10000
            notice T1 10000 R1 bank FT1 -> settled paid_from_line applied 10000 remaining 0 paid from L7 ends underpaid
            """
        )
    }

    @Test func `the line is of this account, this transfer and this amount`() throws {
        try SettlementScenario.play(
            """
            request R1 due 30000
            line L7 FT1 10000
            line L8 FT1 5000 on B
            notice T1 5000 R1 bank FT1  -> partial paid_in_part applied 5000 remaining 25000 opens underpaid 25000
            notice T2 10000 R1 bank FT2 -> partial paid_in_part applied 10000 remaining 15000 opens underpaid 15000
            notice T3 10000 R1 bank FT1 -> partial paid_from_line applied 10000 remaining 5000 from L7 opens underpaid 5000
            """
        )
    }

    @Test(arguments: ["counter", "person", "statement"])
    func `only a callback takes the money of a line`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000
            \(source) X1 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            suspense A                     -> 10000
            """
        )
    }

    @Test func `a failed report of the transfer leaves the line alone`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000
            notice T1 10000 R1 bank FT1 failed -> not_credit notice_is_not_credit
            notice T2 10000 R1 bank FT1        -> settled paid_from_line applied 10000 remaining 0 paid from L7
            """
        )
    }

    @Test func `a line that waits for a person pays what its callback says`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000 waits R1
            notice T1 10000 R1 bank FT1 -> settled paid_from_line applied 10000 remaining 0 paid from L7
            suspense A                  -> 0
            """
        )
    }

    @Test func `a line that waits is known by its request and amount`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000 waits R1
            notice T1 4000 R1 bank G1   -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            suspense A                  -> 10000
            request R2 due 10000
            line L8 FT2 10000 waits R2
            notice T2 10000 R2 bank G2  -> settled paid_from_line applied 10000 remaining 0 paid from L8
            notice T3 10000 R2 bank FT2 -> duplicate line_decided
            notice T4 10000 R2 bank G4  -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `a line that waits pays once in a batch`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000 waits R1
            notice T1 10000 R1 bank G1    -> settled paid_from_line applied 10000 remaining 0 paid from L7
            + notice T2 10000 R1 bank FT1 -> duplicate line_decided
            + notice T3 10000 R1 bank G3  -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `money on another account is not the money of a line that waits`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000 waits R1
            notice T1 10000 R1 on B bank G1 -> other_account request_of_other_account suspense 10000 opens other_account 10000
            """
        )
    }

    @Test func `a line that waits for a request that was cancelled is a person's to decide`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000 waits R1
            cancel R1
            notice T1 10000 R1 bank G1 -> duplicate line_decided
            suspense A                 -> 10000
            """
        )
    }
}
