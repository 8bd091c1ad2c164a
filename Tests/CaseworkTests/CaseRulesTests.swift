import Testing

/// What people may do about cases.
@Suite struct CaseRulesTests {
    @Test func `money that named nothing pays the request it is linked to, by two persons`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 12000
            request R1 pending due 10000
            lan  link R1         -> proposed case_pays_request uses 10000
            lan  approve         -> refused proposer_cannot_approve to lan
            lan  link R1         -> refused proposer_cannot_approve to lan
            hung link R1 9000    -> refused other_proposal_waits
            hung write_off       -> refused other_proposal_waits
            hung link R1 10000   -> performed case_pays_request uses 10000, open left 2000
            hung approve         -> refused nothing_proposed
            lan  write_off       -> proposed case_written_off_as_gain uses 2000
            hung write_off       -> performed case_written_off_as_gain uses 2000, resolved left 0
            lan  dismiss         -> refused case_cannot
            """
        )
    }

    @Test func `a form that proposes approves nothing that another has proposed`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 12000
            request R1 pending due 10000
            lan  link R1         -> proposed case_pays_request uses 10000
            form link R1         -> refused proposal_waits
            form link R1 10000   -> refused proposal_waits
            form write_off       -> refused proposal_waits
            mai  link R1         -> performed case_pays_request uses 10000, open left 2000
            form write_off       -> proposed case_written_off_as_gain uses 2000
            form ask_bank        -> done open
            """
        )
    }

    @Test func `money goes out by whoever may approve refunds alone`() throws {
        try CaseScenario.play(
            """
            case overpaid holds 5000 payer 970436/0011223344/A
            lan  refund          -> proposed case_goes_back uses 5000
            lan  approve         -> refused proposer_cannot_approve to lan
            mai  approve         -> refused case_refund_needs_approver to mai
            mai  refund          -> refused case_refund_needs_approver to mai
            mai  refund to 970436/0011223344/A -> refused case_refund_needs_approver to mai
            mai  write_off       -> refused other_proposal_waits
            hung approve         -> performed case_goes_back uses 5000, resolved left 0
            """
        )
    }

    @Test func `an amount that was named must fit exactly`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 12000
            request R1 pending due 10000
            request R2 pending due 20000
            lan link R1 10001    -> refused request_waits_for_less at /amount
            lan link R2 12001    -> refused case_holds_less at /amount
            lan link R2          -> proposed case_pays_request uses 12000
            """
        )
    }

    @Test func `a request that is closed or paid takes nothing`() throws {
        try CaseScenario.play(
            """
            case late holds 10000 of R1
            request R1 cancelled due 10000
            request R2 paid due 10000 applied 10000
            request R3 expired due 10000 applied 10000
            lan accept           -> refused request_takes_nothing at /action
            lan link R2          -> refused request_takes_nothing at /reference
            lan link R3          -> refused request_takes_nothing at /reference
            lan link R9          -> refused request_unknown at /reference
            lan link             -> refused link_needs_request at /reference
            """
        )
    }

    @Test func `an expired request takes its late money if two persons say so`() throws {
        try CaseScenario.play(
            """
            case late holds 10000 of R1
            request R1 expired due 10000
            lan  accept          -> proposed case_pays_request uses 10000
            hung approve         -> performed case_pays_request uses 10000, resolved left 0
            """
        )
    }

    @Test func `what refunds have claimed remains to be paid`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 12000
            request R1 expired due 10000 applied 4000 claimed 4000
            lan link R1          -> proposed case_pays_request uses 10000
            """
        )
    }

    @Test func `money of one account pays no request of another`() throws {
        try CaseScenario.play(
            """
            case other_account holds 10000 of R1
            request R1 pending due 10000 on B
            request R2 pending due 10000
            lan accept           -> refused request_on_other_account at /action
            lan link R1          -> refused request_on_other_account at /reference
            lan link R2          -> proposed case_pays_request uses 10000
            """
        )
    }

    @Test func `money is split over requests, each once and none beyond what remains`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 20000
            request R1 pending due 10000
            request R2 pending due 10000
            lan  split R1=10001 R2=10000 -> refused case_holds_less at /parts
            lan  split R1=9000 R2=10001  -> refused request_waits_for_less at /parts/1/amount
            lan  split R1=1000 R1=1000   -> refused split_repeats at /parts/1/reference
            lan  split R1=1000 R9=1000   -> refused request_unknown at /parts/1/reference
            lan  split                   -> refused split_needs_parts at /parts
            lan  split R2=10000 R1=10000 -> proposed case_pays_requests uses 20000
            hung approve                 -> performed case_pays_requests uses 20000, resolved left 0
            """
        )
    }

    @Test func `a case that holds money is not dismissed`() throws {
        try CaseScenario.play(
            """
            case late holds 990000
            lan dismiss          -> refused case_holds_money
            lan ask_bank         -> done open
            """
        )
        try CaseScenario.play(
            """
            case unmatched holds -500
            lan dismiss          -> refused case_holds_money
            """
        )
        try CaseScenario.play(
            """
            case underpaid holds 0
            lan accept           -> refused case_holds_nothing
            lan dismiss          -> done resolved
            lan dismiss          -> refused case_cannot
            lan ask_bank         -> refused case_cannot
            lan reopen           -> done open
            lan reopen           -> refused case_cannot
            """
        )
        try CaseScenario.play(
            """
            case missing_at_bank is closed
            lan reopen           -> refused case_cannot
            lan dismiss          -> refused case_cannot
            """
        )
    }

    @Test func `a refund needs somebody to pay it to`() throws {
        try CaseScenario.play(
            """
            case overpaid holds 5000
            lan  refund                             -> refused payee_missing at /beneficiary
            lan  refund to 123456/0011223344/A      -> refused payee_bank_unknown at /beneficiary/bank_bin
            lan  refund to 970436/ABC/A             -> refused payee_account_malformed at /beneficiary/account_number
            lan  refund to 970436/0011-2233/A       -> refused payee_account_malformed at /beneficiary/account_number
            lan  refund to 970436/0011223344/       -> refused payee_name_missing at /beneficiary/name
            lan  refund 5001 to 970436/0011223344/A -> refused case_holds_less at /amount
            lan  refund 4000 to 970436/0011223344/A -> proposed case_goes_back uses 4000
            hung refund 4000 to 970436/9999999999/B -> refused other_proposal_waits
            hung refund                             -> performed case_goes_back uses 4000, open left 1000
            lan  refund by-hand                     -> proposed case_goes_back uses 1000
            hung approve                            -> performed case_goes_back uses 1000, resolved left 0
            """
        )
    }

    @Test func `money goes back to the account that paid, if the bank told it`() throws {
        try CaseScenario.play(
            """
            case overpaid holds 5000 payer 970436/0011223344/A
            lan  refund          -> proposed case_goes_back uses 5000
            hung refund to 970436/0011223344/A -> performed case_goes_back uses 5000, resolved left 0
            """
        )
    }

    @Test func `money that left the bank is a refund or a loss`() throws {
        try CaseScenario.play(
            """
            case unmatched holds -6000 line -6000
            refund F1 executed amount 6000
            refund F2 executed amount 5000
            refund F3 approved amount 6000
            refund F4 executed amount 6000 on B
            request R1 pending due 10000
            lan  accept          -> refused case_money_left_bank
            lan  refund by-hand  -> refused case_money_left_bank
            lan  link R1         -> refused debit_needs_refund at /refund_id
            lan  link F2         -> refused debit_is_not_refund at /refund_id
            lan  link F3         -> refused debit_is_not_refund at /refund_id
            lan  link F4         -> refused debit_is_not_refund at /refund_id
            lan  link F1         -> proposed case_confirms_refund uses -6000
            hung approve         -> performed case_confirms_refund uses -6000, resolved left 0
            """
        )
        try CaseScenario.play(
            """
            case unmatched holds -77 line -77
            lan  write_off 78    -> refused case_holds_less at /amount
            lan  write_off       -> proposed case_written_off_as_loss uses -77
            hung write_off 77    -> performed case_written_off_as_loss uses -77, resolved left 0
            """
        )
    }

    @Test func `a line of a payment that is in the books confirms it`() throws {
        try CaseScenario.play(
            """
            case unmatched holds 10000 line 10000
            request R1 paid due 10000 applied 10000
            payment R1 amount 10000
            lan  link R1 9000    -> refused request_takes_nothing at /reference
            lan  link R1         -> proposed case_confirms_payment uses 10000
            hung approve         -> performed case_confirms_payment uses 10000, resolved left 0
            """
        )
    }

    @Test func `a line whose notice was posted since is counted there`() throws {
        try CaseScenario.play(
            """
            case amount_mismatch holds 9000 line 9000 counted of R1
            request R1 pending due 10000
            lan accept           -> refused line_counted_since
            lan link R1          -> refused line_counted_since
            lan write_off        -> proposed case_written_off_as_gain uses 9000
            """
        )
    }

    @Test func `what changed since it was proposed is not done`() throws {
        try CaseScenario.play(
            """
            case unknown_reference holds 10000
            request R1 pending due 10000
            lan  link R1         -> proposed case_pays_request uses 10000
            request R1 pending due 10000 applied 4000
            hung approve         -> refused request_waits_for_less
            request R1 paid due 10000 applied 10000
            hung approve         -> refused request_takes_nothing
            request R1 paid due 10000 applied 10000
            payment R1 amount 10000
            hung approve         -> refused request_takes_nothing
            """
        )
        try CaseScenario.play(
            """
            case overpaid holds 5000
            lan  write_off       -> proposed case_written_off_as_gain uses 5000
            case overpaid holds 5000 used 1000
            hung approve         -> refused case_holds_less
            """
        )
    }
}
