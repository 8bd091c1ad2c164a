import Identity

/// How much whoever calls sees of personal data. The gate sets it around each handler, so that no answer can forget it.
enum CallSight {
    @TaskLocal static var current = PersonalSight.none
}
