#pragma once

#include <QByteArray>
#include <QList>

/// One function a parser, which is given any bytes and aborts when a promise of that parser does not hold. libFuzzer
/// calls one of them without end; tst_fuzzcorpus calls all of them with the files that are in the tree.
struct FuzzTarget {
    const char *name;
    void (*run)(const QByteArray &bytes);
};

[[nodiscard]] const QList<FuzzTarget> &fuzzTargets();
