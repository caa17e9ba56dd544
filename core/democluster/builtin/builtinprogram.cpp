#include "core/democluster/builtin/builtinprogram.h"

#include "core/democluster/builtin/lineprograms.h"
#include "core/democluster/builtin/webprogram.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

std::shared_ptr<BuiltinProgram> makeProgram(const QString &name, const ProgramPlace &place)
{
    if (name == "web"_L1)
        return std::make_shared<WebProgram>(place);
    if (name == "metrics"_L1)
        return std::make_shared<MetricsProgram>(place);
    if (name == "echo"_L1)
        return std::make_shared<EchoProgram>();
    if (name == "talker"_L1)
        return std::make_shared<TalkerProgram>(place);
    return nullptr;
}

} // namespace

void BuiltinPrograms::start(const ProgramPlace &place, quint16 port, const QString &name)
{
    if (auto program = makeProgram(name, place))
        m_programs.insert(keyOf(place, port), std::move(program));
}

void BuiltinPrograms::stopPod(const ProgramPlace &place)
{
    const QString wanted = keyOf(place, 0).place;
    m_programs.removeIf([&wanted](const auto &entry) { return entry.key().place == wanted; });
}

BuiltinProgram *BuiltinPrograms::find(const ProgramPlace &place, quint16 port) const
{
    return m_programs.value(keyOf(place, port)).get();
}

} // namespace Fairlead::Demo
