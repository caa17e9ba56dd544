#pragma once

#include "core/store/exchange/importer.h"

/// Ends the program if it is not so.
void promise(bool holds);

/// Imports the bytes and looks whether what importer.h promises is so, whatever they are: an error says something; what
/// is taken is whole, can be kept as a profile and read again, and goes out to every format; nothing that is shown has
/// characters that a terminal obeys.
void checkImport(const QByteArray &bytes, std::optional<Fairlead::Store::Format> format);
