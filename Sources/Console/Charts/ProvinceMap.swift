/// Where the 34 provinces in force since 2025-07-01 stand on a map of tiles: each a neighbour of its neighbours as far as
/// five columns allow, the north at the top.
enum ProvinceMap {
    struct Place: Sendable, Hashable {
        /// From 1.
        let column: Int
        let row: Int
    }

    /// By the code of the province.
    static let places: [String: Place] = [
        "08": Place(column: 3, row: 1), "04": Place(column: 4, row: 1), "12": Place(column: 1, row: 2),
        "15": Place(column: 2, row: 2), "19": Place(column: 3, row: 2), "20": Place(column: 4, row: 2),
        "11": Place(column: 1, row: 3), "25": Place(column: 2, row: 3), "24": Place(column: 3, row: 3),
        "22": Place(column: 5, row: 3), "14": Place(column: 1, row: 4), "01": Place(column: 2, row: 4),
        "33": Place(column: 3, row: 4), "31": Place(column: 4, row: 4), "37": Place(column: 3, row: 5),
        "38": Place(column: 2, row: 5), "40": Place(column: 2, row: 6), "42": Place(column: 3, row: 7),
        "44": Place(column: 3, row: 8), "46": Place(column: 4, row: 9), "48": Place(column: 4, row: 10),
        "51": Place(column: 5, row: 11), "52": Place(column: 5, row: 12), "66": Place(column: 5, row: 13),
        "68": Place(column: 4, row: 14), "56": Place(column: 5, row: 14), "80": Place(column: 2, row: 14),
        "75": Place(column: 3, row: 14), "82": Place(column: 2, row: 15), "79": Place(column: 3, row: 15),
        "91": Place(column: 1, row: 16), "92": Place(column: 2, row: 16), "86": Place(column: 3, row: 16),
        "96": Place(column: 2, row: 17),
    ]
}
