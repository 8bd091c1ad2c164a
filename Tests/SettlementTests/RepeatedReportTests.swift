import Testing

/// The same report again. Everything arrives twice.
@Suite struct RepeatedReportTests {
    @Test func `the same report with the same content changes nothing`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1            -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T1 4000 R1            -> duplicate notice_repeated as N1
            notice T1 4000 R1 at 09:00   -> duplicate notice_repeated as N1
            state R1                     -> pending received 4000 remaining 6000
            """
        )
    }

    @Test func `the same report with other content is refused, and a case is opened`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1             -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T1 5000 R1             -> conflict notice_conflicts as N1 opens conflict 5000
            notice T1 4000 R1 on B        -> conflict notice_conflicts as N1 opens conflict 4000
            notice T1 4000 R1 content x   -> conflict notice_conflicts as N1 opens conflict 4000
            notice T1 4000 R1 failed      -> conflict notice_conflicts as N1 opens conflict 4000
            state R1                      -> pending received 4000 remaining 6000
            suspense A                    -> 0
            suspense B                    -> 0
            """
        )
    }

    @Test func `a report is compared with the first of its batch`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1   -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            + notice T1 4000 R1 -> duplicate notice_repeated as N1
            + notice T1 5000 R1 -> conflict notice_conflicts as N1 opens conflict 5000
            + notice T1 4000 R1 -> duplicate notice_repeated as N1
            notice T2 100 R1    -> partial paid_in_part applied 100 remaining 5900 opens underpaid 5900
            notice T2 100 R1    -> duplicate notice_repeated as N2
            """
        )
    }

    @Test func `a conflict is about the request of the first report, in the same batch as in a later one`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1  -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            + notice T1 4000 - -> conflict notice_conflicts for R1 as N1 opens conflict 4000
            notice T1 4001 -   -> conflict notice_conflicts for R1 as N1 opens conflict 4001
            """
        )
    }

    @Test func `a message that names no account is refused for another account, in the same batch as in a later one`()
        throws
    {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 unnamed        -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            + notice T1 4000 R1 on B unnamed -> conflict notice_of_other_account as N1 opens conflict 4000
            notice T1 4000 R1 on B unnamed   -> conflict notice_of_other_account as N1 opens conflict 4000
            notice T1 4000 - on B unnamed    -> conflict notice_conflicts for R1 as N1 opens conflict 4000
            notice T1 4000 R1 unnamed        -> duplicate notice_repeated as N1
            state R1                         -> pending received 4000 remaining 6000
            suspense B                       -> 0
            """
        )
    }

    @Test func `a message is known by its issuer even where its transfer is not`() throws {
        // A bank's id that differs would make it a transfer of its own.
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 by 1 bank FT1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T1 4000 R1 by 1 bank FT2 -> duplicate notice_repeated as N1
            notice T1 4000 R1 by 2 bank FT3 -> partial paid_in_part applied 4000 remaining 2000 opens underpaid 2000
            """
        )
    }

    @Test func `two issuers may use one id for different reports`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 by 1 bank FT1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T1 5000 R1 by 2 bank FT2 -> partial paid_in_part applied 5000 remaining 1000 opens underpaid 1000
            """
        )
    }

    @Test func `a repetition is one before anything else is looked at`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 500 R1 failed     -> not_credit notice_is_not_credit
            notice T1 500 R1 failed     -> duplicate notice_repeated as N1
            notice T1 500 R1            -> conflict notice_conflicts as N1 opens conflict 500
            notice T2 700 -             -> unknown_reference reference_missing suspense 700 opens unknown_reference 700
            notice T2 700 -             -> duplicate notice_repeated as N2
            cancel R1
            notice T3 800 R1            -> late request_cancelled suspense 800 opens late 800
            notice T3 800 R1            -> duplicate notice_repeated as N3
            """
        )
    }

    @Test func `a conflict of no amount still opens its case`() throws {
        // A gateway may report a failure with the amount 0.
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1    -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 0 R1 failed -> conflict notice_conflicts as N1 opens conflict 0
            cases                 -> conflict 0
            """
        )
    }

    @Test func `a report that waits for its price is repeated, not yet a duplicate`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T09:00
            notice T1 10000 R1 at 09:30   -> settled paid_in_full applied 10000 remaining 0 paid priced 21
            + notice T1 10000 R1 at 09:30 -> duplicate notice_repeated as N1 priced 21
            """
        )
    }

    @Test func `what statements, counters and persons report is known by other means than its id`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            person P1 1000 R1 bank FT1  -> partial paid_in_part applied 1000 remaining 9000 opens underpaid 9000
            person P1 1000 R1 bank FT2  -> partial paid_in_part applied 1000 remaining 8000 opens underpaid 8000
            counter P1 1000 R1 bank FT3 -> partial paid_in_part applied 1000 remaining 7000 opens underpaid 7000
            notice P1 1000 R1 bank FT4  -> partial paid_in_part applied 1000 remaining 6000 opens underpaid 6000
            """
        )
    }
}
