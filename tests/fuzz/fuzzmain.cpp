#include "fuzztargets.h"

#include <cstdlib>
#include <cstring>

/// Built once for each target, which FAIRLEAD_FUZZ_TARGET names.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static const auto run = [] {
        for (const FuzzTarget &target : fuzzTargets()) {
            if (std::strcmp(target.name, FAIRLEAD_FUZZ_TARGET) == 0)
                return target.run;
        }
        std::abort();
    }();
    run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}
