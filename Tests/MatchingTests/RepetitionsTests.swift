import Testing

/// Pass `repetition`: the same transaction id and amount again is not money a second time.
@Suite struct RepetitionsTests {
    @Test func `a line of a transfer that an earlier run matched posts nothing`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            shown T1 10000 R1
            line L1 T1 10000 R1 -> duplicate_line repetition line_repeated of R1
            """
        )
    }

    @Test func `a line of a transfer that an earlier line brought posts nothing`() throws {
        try MatchingScenario.play(
            """
            request R1
            earlier T1 10000 -
            earlier T2 10000 R1
            line L1 T1 10000 R1 -> duplicate_line repetition line_repeated
            line L2 T2 10000 R1 -> duplicate_line repetition line_repeated of R1
            """
        )
    }

    @Test func `of lines alike that no notice reported the first is the transfer`() throws {
        try MatchingScenario.play(
            """
            request R1
            line L1 T1 10000 R1 at 10:00 -> duplicate_line repetition line_repeated
            line L2 T1 10000 R1 at 09:00 -> recovered recovery line_pays_request pays R1 10000
            line L3 T1 10000 R1 at 09:00 -> duplicate_line repetition line_repeated
            """
        )
    }

    @Test func `another amount under the same id is no repetition`() throws {
        try MatchingScenario.play(
            """
            earlier T1 10000 -
            line L1 T1 10001 - -> unmatched remainder line_without_reference suspense 10001
            """
        )
    }

    @Test func `lines without an id repeat nothing`() throws {
        try MatchingScenario.play(
            """
            line L1 - 10000 - -> unmatched remainder line_without_reference suspense 10000
            line L2 - 10000 - -> unmatched remainder line_without_reference suspense 10000
            """
        )
    }

    @Test func `debits repeat nothing`() throws {
        try MatchingScenario.play(
            """
            earlier T1 -10000 -
            line L1 T1 -10000 - -> unmatched remainder debit_unexplained suspense -10000
            line L2 T1 -10000 - -> unmatched remainder debit_unexplained suspense -10000
            """
        )
    }
}
