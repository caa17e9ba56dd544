#pragma once

#include <QTest>

/// Leaves a test function that needs parts which are not on this machine: it skips with the reason, and fails where
/// FAIRLEAD_REQUIRE_INTEROP=1 says that they must be there (CI), so that a hole in CI cannot look like success.
#define FAIRLEAD_SKIP_INTEROP(reason)                                                                                  \
    do {                                                                                                               \
        if (qEnvironmentVariable("FAIRLEAD_REQUIRE_INTEROP") == QLatin1String("1"))                                    \
            QFAIL(qPrintable(reason));                                                                                 \
        QSKIP(qPrintable(reason));                                                                                     \
    } while (false)
