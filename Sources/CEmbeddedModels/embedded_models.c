#include "embedded_models.h"
