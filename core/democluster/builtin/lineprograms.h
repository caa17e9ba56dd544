#pragma once

#include "core/democluster/builtin/builtinprogram.h"

namespace Fairlead::Demo {

/// Sends back what it gets; on the end of input it ends too. Stops reading while its answer is not taken.
class EchoProgram final : public BuiltinProgram
{
    Q_OBJECT

public:
    using BuiltinProgram::BuiltinProgram;
    void serve(std::unique_ptr<PodChannel> connection) override;
};

/// Sends a numbered line ten times a second without being asked.
class TalkerProgram final : public BuiltinProgram
{
    Q_OBJECT

public:
    static constexpr int IntervalMs = 100;

    explicit TalkerProgram(ProgramPlace place);
    void serve(std::unique_ptr<PodChannel> connection) override;

private:
    ProgramPlace m_place;
};

} // namespace Fairlead::Demo
