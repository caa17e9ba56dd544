#include "core/democluster/node/errnotext.h"

#include <cerrno>
#include <system_error>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

QString errnoText(int error)
{
    if (error == ETIMEDOUT)
        return u"i/o timeout"_s;
    return QString::fromStdString(std::generic_category().message(error)).toLower();
}

} // namespace Fairlead::Demo
